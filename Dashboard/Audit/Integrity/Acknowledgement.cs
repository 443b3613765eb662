using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>Writes down an owner's word that a backup was put back, after looking whether a backup explains what is wrong.</summary>
internal sealed class Acknowledgement(AuditKeyFile keys, AuditHeadFile heads, AuditChain chain, ISqlDialect dialect)
{
    private const string Action = "audit.restored";

    /// <summary>Goes over the rows that are there, without locking the file: with many it takes long.</summary>
    /// <exception cref="StoreException">The key cannot be used.</exception>
    public ChainCheck Look(DbConnection connection)
    {
        var key = keys.Open(mayMake: false);
        var head = heads.Read(key);
        return new ChainCheck(key).Add(AuditRows.After(connection, 0), head.Known);
    }

    /// <param name="check">From <see cref="Look"/>: only rows that came since are looked at under the lock.</param>
    /// <returns>With the last row written; null when none was.</returns>
    public (AcknowledgeResult Reply, AuditRow? Row) Write(
        DbTransaction transaction, ChainCheck check, string actor, string? address, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return Declined("Write why the backup was put back.");
        }

        var head = heads.Read(keys.Open(mayMake: false));
        check.Add(AuditRows.After(transaction.Connection!, check.Last.Sequence, transaction), head.Known);
        var verdict = check.Verdict(head, chain.Committed, PriorUseEvidence.AreIn(transaction.Connection!, dialect, transaction));
        if (check.Broken is { } broken)
        {
            return Declined($"{broken.Sentence} No backup explains that. Put a console.db back from before it, then acknowledge.");
        }

        return verdict.Fault is null
            ? Declined($"There is nothing to acknowledge. {verdict.Sentence}")
            : Write(transaction, new(Action, actor, address) { Reason = reason }, check, head, verdict.Fault);
    }

    private (AcknowledgeResult Reply, AuditRow? Row) Write(
        DbTransaction transaction, AuditEvent what, ChainCheck check, AuditHeadReading head, ChainFault fault)
    {
        var newest = head.Known is { } known && known.Sequence > chain.Committed.Sequence ? known : chain.Committed;
        AuditRow? last = null;
        foreach (var gap in check.Gaps(newest))
        {
            last =
                chain.Append(
                    transaction, AuditKind.Restored, null,
                    what with { Counts = new MissingRows(gap.First, gap.Last).Counts, Detail = gap.Sentence });
        }

        last ??= chain.Append(transaction, AuditKind.Restored, null, what with { Detail = fault.Sentence });
        return (new AcknowledgeResult.Acknowledged(fault.Sentence), last);
    }

    private static (AcknowledgeResult Reply, AuditRow? Row) Declined(string why) => (new AcknowledgeResult.Declined(why), null);
}
