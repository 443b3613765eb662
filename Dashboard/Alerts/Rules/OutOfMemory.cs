namespace Dashboard.Alerts.Rules;

/// <summary>The server refused writes with OOM within the last minute.</summary>
internal sealed class OutOfMemory : IAlertRule
{
    public string Id => "oom";

    /// <summary>Share of maxmemory below which the next write is not refused.</summary>
    private const double HasRoom = 0.95;

    public Finding? Evaluate(RuleContext context)
    {
        var refused = context.RoseInLastMinute("errors_oom");
        if (refused <= 0 || context.Now is null)
        {
            return null;
        }

        var memory = context.Instance.Profile.Memory;
        var remedy = context.Now.Memory.EvictsAnyKey == false ? memory.RemedyWithoutEviction : memory.Remedy;
        var what = $"{context.Instance.Id} refused {refused:0} {(refused < 1.5 ? "write" : "writes")} with OOM in the last minute";
        return context.Now.Memory.Fill is < HasRoom && !context.StillRises("errors_oom")
            ? context.Found(Id, Severity.Warning, "was out of memory", $"{what}, none for 10 s: it has room again.", remedy)
            : context.Found(Id, Severity.Critical, "out of memory", $"{what}. {context.Instance.Profile.Impact.WhenWritesFail}", remedy);
    }
}
