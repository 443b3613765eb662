using Dashboard.Instances;

namespace Dashboard.Alerts.Rules;

/// <summary>The server refused writes with OOM within the last minute.</summary>
internal sealed class OutOfMemory : IAlertRule
{
    public string Id => "oom";

    /// <summary>Share of maxmemory below which the next write is not refused.</summary>
    private const double HasRoom = 0.95;

    public Finding? Look(Evidence evidence)
    {
        var refused = evidence.RoseInLastMinute("errors_oom");
        if (refused <= 0 || evidence.Now is null)
        {
            return null;
        }

        var remedy = Remedy(evidence.Instance.Purpose, evidence.Now.Memory.EvictsAnyKey);
        var what = $"{evidence.Instance.Id} refused {refused:0} {(refused < 1.5 ? "write" : "writes")} with OOM in the last minute";
        return evidence.Now.Memory.Fill is < HasRoom && !evidence.StillRises("errors_oom")
            ? evidence.Found(Id, Severity.Warning, "was out of memory", $"{what}, none for 10 s: it has room again.", remedy)
            : evidence.Found(Id, Severity.Critical, "out of memory", $"{what}. {UserImpact.WhenWritesFail(evidence.Instance.Purpose)}", remedy);
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
