using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>The server reads its dataset after a start and serves nothing yet.</summary>
internal sealed class Loading : IAlertRule
{
    public string Id => "loading";

    public Finding? Evaluate(RuleContext context)
    {
        var persistence = context.Now?.Persistence;
        if (persistence?.Loading != true && context.Fault?.Kind != FaultKind.Loading)
        {
            return null;
        }

        var progress = persistence?.LoadedPercent is { } percent ? $"{percent:0} % read" : "progress unknown";
        var left = persistence?.LoadingLeft is { } time ? $", about {time.TotalSeconds:0} s left" : "";
        var sentence = $"{context.Instance.Id} is loading its dataset: {progress}{left}. {context.Instance.Profile.Impact.WhenDown}";
        return context.Found(Id, Severity.Warning, "loading", sentence, "Wait: it serves again when loading is done.");
    }
}
