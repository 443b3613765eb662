using Dashboard.Info;

namespace Dashboard.Alerts.Rules;

/// <summary>The address leads to a replica: reads may be stale and writes are refused.</summary>
internal sealed class NotPrimary : IAlertRule
{
    public string Id => "not-primary";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Now?.Replication is not { IsReplica: true } replication || !context.Instance.Contract.OwnServer)
        {
            return null;
        }

        var link = replication.LinkUp == false ? ", and its link to the primary is down" : "";
        return context.Found(
            Id, Severity.Critical, "is a replica",
            $"{context.Instance.Id} is a replica{Of(replication)}{link}. {context.Instance.Profile.Impact.WhenReplica}",
            "Point the console and the application to the primary, or promote this server: REPLICAOF NO ONE");
    }

    private static string Of(ReplicationFacts replication) => replication.PrimaryHost is { } host ? $" of {host}:{replication.PrimaryPort}" : "";
}
