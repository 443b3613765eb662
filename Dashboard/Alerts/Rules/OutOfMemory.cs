using Dashboard.Instances.Purposes;

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

        var remedy = Remedy(context.Instance.Purpose, context.Now.Memory.EvictsAnyKey);
        var what = $"{context.Instance.Id} refused {refused:0} {(refused < 1.5 ? "write" : "writes")} with OOM in the last minute";
        return context.Now.Memory.Fill is < HasRoom && !context.StillRises("errors_oom")
            ? context.Found(Id, Severity.Warning, "was out of memory", $"{what}, none for 10 s: it has room again.", remedy)
            : context.Found(Id, Severity.Critical, "out of memory", $"{what}. {UserImpact.WhenWritesFail(context.Instance.Purpose)}", remedy);
    }

    private static string Remedy(Purpose purpose, bool? evicts) => purpose switch
    {
        Purpose.Cache when evicts == false => "Let it evict: CONFIG SET maxmemory-policy allkeys-lru, and the same in compose.yaml.",
        Purpose.Cache => "maxmemory is smaller than what cannot be evicted (buffers, clients): raise maxmemory, or find the clients with large buffers.",
        Purpose.Session => "Raise maxmemory (CONFIG SET maxmemory, then compose.yaml). Revoking and expiring still work.",
        Purpose.Cable => "Find what writes keys here: pub/sub needs none. Or raise maxmemory (CONFIG SET maxmemory, then compose.yaml).",
        _ => "Raise maxmemory (CONFIG SET maxmemory, then its configuration).",
    };
}
