using System.Data.Common;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Audit.Integrity;

/// <summary>Records an owner's acknowledgement that a backup was put back, after checking that a backup explains the fault.</summary>
internal sealed class Acknowledgement(AuditKeyFile keys, AuditHeadFile heads, AuditChain chain, ISqlDialect dialect)
{
    private const string Action = "audit.restored";

    /// <summary>Checks the existing rows without locking the file: with many rows it takes long.</summary>
    /// <exception cref="StoreException">The key cannot be used.</exception>
    public ChainCheck Check(DbConnection connection)
    {
        var key = keys.Open(mayMake: false);
        var head = heads.Read(key);
        return new ChainCheck(key).Add(AuditRows.After(connection, 0), head.Known);
    }

    /// <param name="check">The result of <see cref="Check"/>: only later rows are checked under the lock.</param>
    /// <returns>The result, with the last row written; null when none was.</returns>
    public (AcknowledgeResult Reply, AuditRow? Row) Write(
        DbTransaction transaction, ChainCheck check, string actor, string? address, string reason)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            return Declined("Write why the backup was restored.");
        }

        var head = heads.Read(keys.Open(mayMake: false));
        check.Add(AuditRows.After(transaction.Connection!, check.Last.Sequence, transaction), head.Known);
        var verdict = check.Verdict(head, chain.Committed, PriorUseEvidence.ExistsIn(transaction.Connection!, dialect, transaction));
        if (check.Broken is { } broken)
        {
            return Declined($"{broken.Sentence} A restored backup cannot cause that. "
                + "Restore a console.db from before it, then acknowledge.");
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
