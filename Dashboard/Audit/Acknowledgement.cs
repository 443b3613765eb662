using Microsoft.Data.Sqlite;

namespace Dashboard.Audit;

/// <summary>Writes down an owner's word that a backup was put back, after looking whether a backup explains what is wrong.</summary>
internal sealed class Acknowledgement(KeyFile keys, HeadFile heads, AuditLog log)
{
    private const string Action = "audit.restored";

    /// <summary>Goes over the rows that are there, without locking the file: with many it takes long.</summary>
    /// <exception cref="Storage.StoreException">The key cannot be used.</exception>
    public ChainCheck Look(SqliteConnection connection)
    {
        var key = keys.Open(mayMake: false);
        var head = heads.Read(key);
        return new ChainCheck(key).Add(AuditRows.After(connection, 0), head.Known);
    }

    /// <param name="check">From <see cref="Look"/>: only rows that came since are looked at under the lock.</param>
    /// <returns>With the last row written; null when none was.</returns>
    public (AcknowledgeReply Reply, AuditRow? Row) Write(SqliteTransaction transaction, ChainCheck check, string actor, string? address, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return Declined("Write why the backup was put back.");
        }

        var head = heads.Read(keys.Open(mayMake: false));
        check.Add(AuditRows.After(transaction.Connection!, check.Last.Sequence, transaction), head.Known);
        var verdict = check.Verdict(head, log.Committed, Traces.AreIn(transaction.Connection!, transaction));
        if (check.Broken is { } broken)
        {
            return Declined($"{broken.Sentence} No backup explains that. Put a console.db back from before it, then acknowledge.");
        }

        return verdict.Fault is null ? Declined($"There is nothing to acknowledge. {verdict.Sentence}") : Write(transaction, new(Action, actor, address) { Reason = reason }, check, head, verdict.Fault);
    }

    private (AcknowledgeReply Reply, AuditRow? Row) Write(SqliteTransaction transaction, AuditEvent what, ChainCheck check, HeadReading head, ChainFault fault)
    {
        var newest = head.Known is { } known && known.Sequence > log.Committed.Sequence ? known : log.Committed;
        AuditRow? last = null;
        foreach (var gap in check.Gaps(newest))
        {
            last = log.Append(transaction, AuditKind.Restored, null, what with { Counts = new Gap(gap.First, gap.Last).Counts, Detail = gap.Sentence });
        }

        last ??= log.Append(transaction, AuditKind.Restored, null, what with { Detail = fault.Sentence });
        return (new AcknowledgeReply.Acknowledged(fault.Sentence), last);
    }

    private static (AcknowledgeReply Reply, AuditRow? Row) Declined(string why) => (new AcknowledgeReply.Declined(why), null);
}
