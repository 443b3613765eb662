using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Info;
using Dashboard.Metrics;

namespace Dashboard.Actions.Reclaim;

/// <summary>What a scan for expired keys achieved, from what the server said before and after it. Pure.</summary>
internal static class ReclaimOutcome
{
    /// <param name="before">Null when the server did not answer.</param>
    /// <param name="after">Null when the server did not answer.</param>
    public static ActionOutcome Of(ActionPlan plan, KeyspaceScan scan, ScanAbort? abort, Snapshot? before, Snapshot? after, TimeSpan took)
    {
        var same = before is not null && after is not null && before.Server.RunId == plan.RunId && after.Server.RunId == plan.RunId;
        var expired = same ? after!.Stats.Expired - before!.Stats.Expired : null;
        var byItself = plan.Counts.TryGetValue(ReclaimExpired.ExpiriesAnHour, out var hourly)
            ? (long)Math.Round(hourly * took.TotalHours)
            : (long?)null;
        var counts = CountText.Known(
            ("seen", scan.Seen), ("reclaimed", expired is { } rise ? Math.Max(0, rise - (byItself ?? 0)) : null),
            ("by_itself", byItself is > 0 ? byItself : null),
            ("keys_before", Keys(plan, before)), ("keys_after", same ? Keys(plan, after) : null),
            ("memory_freed", same && before!.Memory.Used - after!.Memory.Used is > 0 and var freed ? freed : null));
        return new(abort?.Result ?? AuditResult.Done, $"{abort?.Sentence} {Gain(counts, abort is null)}".TrimStart()) { Counts = counts };
    }

    /// <summary>
    /// Says how many keys were reclaimed. The server counts all expiries together; its own rate is subtracted where it is known.
    /// </summary>
    private static string Gain(IReadOnlyDictionary<string, long> counts, bool whole)
    {
        if (!counts.TryGetValue("reclaimed", out var reclaimed))
        {
            return "It is unknown how many expired keys were removed: the server was not the same before and after, or does not report it.";
        }

        var memory = counts.TryGetValue("memory_freed", out var bytes) && reclaimed > 0
            ? $", which freed {UnitFormat.Text(Unit.Bytes, bytes)} of memory"
            : "";
        var gone = reclaimed == 0
            ? whole ? "No key had expired" : "No expired key was removed"
            : $"About {CountText.Text(reclaimed)} expired {(reclaimed == 1 ? "key was" : "keys were")} removed{memory}";
        return counts.TryGetValue("by_itself", out var byItself)
            ? $"{gone}. The server removed about {CountText.Text(byItself)} more on its own during the scan."
            : $"{gone}.";
    }

    private static long? Keys(ActionPlan plan, Snapshot? facts) =>
        facts is { Keyspace.Known: true } ? facts.Keyspace.In(plan.Instance.Address.Database) : null;
}
