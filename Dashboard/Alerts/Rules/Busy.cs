using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>A script blocks the server beyond its limit.</summary>
internal sealed class Busy : IAlertRule
{
    public string Id => "busy";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Fault is not { Kind: FaultKind.Busy } fault)
        {
            return null;
        }

        var faultDescription = FaultDescription.Of(fault, context.Instance.Address.Endpoint);
        var sentence = $"{context.Instance.Id} {faultDescription.What} {context.Instance.Profile.Impact.WhenDown}";
        return context.Found(Id, Severity.Critical, faultDescription.Status, sentence, faultDescription.Remedy);
    }
}
