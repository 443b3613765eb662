using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;

namespace Dashboard.Audit.Integrity;

/// <summary>
/// Checks the rows in order and finds the first that is not what was written. Pure: the rows and the head are parameters, and later rows
/// may follow.
/// </summary>
internal sealed class ChainCheck(ChainKey key)
{
    private readonly List<ChainFault> _gaps = [];
    private DateTimeOffset? _lastAt;

    public long Rows { get; private set; }

    /// <summary>The first fault that no backup explains; null when there is none.</summary>
    public ChainFault? Broken { get; private set; }

    /// <summary>The last sound row.</summary>
    public AuditHead Last { get; private set; } = AuditHead.None;

    /// <summary>Continues with the rows that follow. Rows after a broken row prove nothing and are not checked.</summary>
    /// <param name="head">The head, read before the rows, so that in a sound log it cannot be ahead of them; null where it is not
    /// known.</param>
    public ChainCheck Add(IEnumerable<AuditRow> rows, AuditHead? head)
    {
        foreach (var row in rows.TakeWhile(_ => Broken is null))
        {
            Add(row, head);
        }

        return this;
    }

    /// <summary>Returns the missing rows that no owner has acknowledged, including those up to <paramref name="newest"/>.</summary>
    public IReadOnlyList<ChainFault> Gaps(AuditHead newest) => Broken is null && newest.Sequence > Last.Sequence
        ? [.. _gaps, new(ChainFaultKind.Lost, Last.Sequence + 1, newest.Sequence, _lastAt)]
        : _gaps;

    /// <param name="head">The content of the head file, read before the rows.</param>
    /// <param name="remembered">The newest row that this run of the console knows.</param>
    /// <param name="inUse">The file has data that is only written together with rows.</param>
    public ChainVerdict Verdict(AuditHeadReading head, AuditHead remembered, bool inUse = false)
    {
        var newest = head.Known is { } known && known.Sequence > remembered.Sequence ? known : remembered;
        var fault = head is AuditHeadReading.Forged && Rows == 0 && Broken is not null
            ? new ChainFault(ChainFaultKind.OtherKey, 0, 0)
            : Earlier(Broken, Gaps(newest) is [var gap, ..] ? gap : null) ?? FaultOfEmptyLog(inUse) ?? FaultOfHead(head);
        return new(fault, Rows, Last, _lastAt, (head as AuditHeadReading.Unreadable)?.Why);
    }

    private ChainFault? FaultOfEmptyLog(bool inUse) => inUse && Rows == 0 ? new(ChainFaultKind.Emptied, 0, 0) : null;

    private ChainFault? FaultOfHead(AuditHeadReading head) => head switch
    {
        AuditHeadReading.Missing when Rows > 0 => new(ChainFaultKind.HeadMissing, 0, 0),
        AuditHeadReading.Forged => new(ChainFaultKind.HeadChanged, 0, 0),
        // Later rows were checked by an earlier pass, or not at all.
        AuditHeadReading.Read read when read.Head.Sequence == Last.Sequence && !read.Head.Hash.AsSpan().SequenceEqual(Last.Hash) =>
            HeadDiffers(),
        _ => null,
    };

    private void Add(AuditRow row, AuditHead? head)
    {
        if (!key.Fits(row))
        {
            Broken = new(IsMoved(row) ? ChainFaultKind.Moved : ChainFaultKind.Changed, row.Sequence, row.Sequence, row.Time);
            return;
        }

        var follows = row.Previous.AsSpan().SequenceEqual(Last.Hash);
        if (row.Sequence > Last.Sequence + 1)
        {
            var gap =
                new ChainFault(
                    follows ? ChainFaultKind.Lost : ChainFaultKind.Removed, Last.Sequence + 1, row.Sequence - 1, _lastAt, row.Time);
            if (!follows)
            {
                Broken = gap;
                return;
            }

            _gaps.Add(gap);
        }
        else if (!follows)
        {
            Broken = new(ChainFaultKind.Detached, row.Sequence, row.Sequence, row.Time);
            return;
        }

        (Last, _lastAt) = (AuditHead.Of(row), row.Time);
        Rows++;
        Acknowledge(row);
        if (head?.Sequence == row.Sequence && !head.Hash.AsSpan().SequenceEqual(row.Hash))
        {
            Broken = HeadDiffers();
        }
    }

    private ChainFault HeadDiffers() => new(ChainFaultKind.HeadDiffers, Last.Sequence, Last.Sequence, _lastAt);

    /// <summary>Whether the row is sound under another number.</summary>
    private bool IsMoved(AuditRow row)
    {
        const int Reach = 200;
        for (var sequence = Math.Max(1, row.Sequence - Reach); sequence <= row.Sequence + Reach; sequence++)
        {
            if (key.Fits(row with { Sequence = sequence }))
            {
                return true;
            }
        }

        return false;
    }

    private void Acknowledge(AuditRow row)
    {
        if (row.Kind == AuditKind.Restored && MissingRows.Of(row) is { } named)
        {
            _gaps.RemoveAll(gap => gap.First == named.First && gap.Last == named.Last);
        }
    }

    private static ChainFault? Earlier(ChainFault? one, ChainFault? other) => (one, other) switch
    {
        ({ } a, { } b) => a.First <= b.First ? a : b,
        _ => one ?? other,
    };
}
