using Dashboard.Valkey;

namespace Dashboard.Alerts.Rules;

/// <summary>The server reads its dataset after a start and serves nothing yet.</summary>
internal sealed class Loading : IAlertRule
{
    public string Id => "loading";

    public Finding? Look(Evidence evidence)
    {
        var persistence = evidence.Now?.Persistence;
        if (persistence?.Loading != true && evidence.Fault?.Kind != FaultKind.Loading)
        {
            return null;
        }

        var progress = persistence?.LoadedPercent is { } percent ? $"{percent:0} % read" : "progress unknown";
        var left = persistence?.LoadingLeft is { } time ? $", about {time.TotalSeconds:0} s left" : "";
        return evidence.Found(Id, Severity.Warning, "loading", $"{evidence.Instance.Id} is loading its dataset: {progress}{left}. {UserImpact.WhenGone(evidence.Instance.Purpose)}", "Wait: it comes back by itself.");
    }
}
