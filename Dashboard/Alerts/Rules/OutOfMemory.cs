using Dashboard.Instances;

namespace Dashboard.Alerts.Rules;

/// <summary>The server refused writes with OOM within the last minute.</summary>
internal sealed class OutOfMemory : IAlertRule
{
    public string Id => "oom";

    public Finding? Look(Evidence evidence)
    {
        var refused = evidence.RoseInLastMinute("errors_oom");
        if (refused <= 0 || evidence.Now is null)
        {
            return null;
        }

        var remedy = evidence.Instance.Purpose == Purpose.Cache
            ? "maxmemory is smaller than what cannot be evicted (buffers, clients): raise maxmemory, or find the clients with large buffers."
            : "Raise maxmemory (CONFIG SET maxmemory, then compose.yaml). Revoking and expiring still work.";
        return evidence.Found(Id, Severity.Critical, "out of memory", $"{evidence.Instance.Id} refused {refused:0} {(refused < 1.5 ? "write" : "writes")} with OOM in the last minute. {UserImpact.WhenWritesFail(evidence.Instance.Purpose)}", remedy);
    }
}
