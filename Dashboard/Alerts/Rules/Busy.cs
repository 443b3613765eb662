using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>A script holds the server up past its limit.</summary>
internal sealed class Busy : IAlertRule
{
    public string Id => "busy";

    public Finding? Look(Evidence evidence)
    {
        if (evidence.Fault is not { Kind: FaultKind.Busy } fault)
        {
            return null;
        }

        var words = FaultWords.Of(fault, evidence.Instance.Address.Endpoint);
        return evidence.Found(Id, Severity.Critical, words.Status, $"{evidence.Instance.Id} {words.What} {UserImpact.WhenGone(evidence.Instance.Purpose)}", words.Remedy);
    }
}
