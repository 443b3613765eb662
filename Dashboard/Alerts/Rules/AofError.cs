namespace Dashboard.Alerts.Rules;

/// <summary>The append-only file cannot be written or rewritten.</summary>
internal sealed class AofError : IAlertRule
{
    public string Id => "aof-error";

    public Finding? Evaluate(RuleContext context)
    {
        if (context.Now?.Persistence is not { AofEnabled: true } aof)
        {
            return null;
        }

        var (id, impact) = (context.Instance.Id, context.Instance.Profile.Impact);
        return aof.AofLastWriteOk == false
                ? context.Found(
                    Id, Severity.Critical, "AOF failing",
                    $"{id} cannot write its append-only file, so it refuses writes. {impact.WhenWritesFail}{impact.WhenDeletesFail}",
                    "Free space on the server's disk; the server then recovers automatically.")
            : aof.AofLastRewriteOk == false
                ? context.Found(Id, Severity.Warning, "AOF rewrite failed", $"{id}'s last rewrite of the append-only file failed: the "
                    + $"file grows until one succeeds.", "Check disk space and memory for the fork, then run BGREWRITEAOF.")
            : null;
    }
}
