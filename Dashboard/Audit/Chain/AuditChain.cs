using System.Data.Common;
using System.Globalization;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>
/// Appends rows to the chain, each inside a transaction that has locked the file, and updates the head file after the commit.
/// </summary>
internal sealed partial class AuditChain(
    AuditKeyFile keys, AuditHeadFile heads, ReplicaId replica, ISqlDialect dialect, TimeProvider time, ILogger<AuditChain> log)
{
    /// <summary>How long the writer of a row waits for the head file, which may be on another disk.</summary>
    public static readonly TimeSpan MaxHeadWait = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private AuditHead _committed = AuditHead.None;
    private Task _raising = Task.CompletedTask;
    private string? _headFailure;

    /// <summary>
    /// The newest row that this run of the console has committed or met: if rows below it are missing, they were removed.
    /// </summary>
    public AuditHead Committed
    {
        get
        {
            lock (_lock)
            {
                return _committed;
            }
        }
    }

    /// <summary>Why the head file could not be updated the last time; null while it can.</summary>
    public string? HeadFailure => Volatile.Read(ref _headFailure);

    /// <summary>
    /// Makes the key and begins the head file before the very first row. To be called before the work of a transaction that may append.
    /// </summary>
    /// <remarks>Does neither where rows were removed: the missing head file stays a fault until an owner acknowledges it.</remarks>
    /// <exception cref="StoreException">The key or the head file cannot be made.</exception>
    public void BeginIn(DbTransaction transaction)
    {
        if (heads.Exists || Committed.Sequence > 0 || !AuditRows.None(transaction.Connection!, transaction))
        {
            return;
        }

        if (PriorUseEvidence.ExistsIn(transaction.Connection!, dialect, transaction))
        {
            LogRowsRemoved(keys.Path);
            return;
        }

        if (heads.Read(keys.Open(mayMake: true)) is AuditHeadReading.Missing)
        {
            heads.Begin(keys.Open(mayMake: false));
        }
    }

    /// <param name="transaction">One that has locked the file from its beginning.</param>
    /// <param name="act">The id that an intent and its outcome share.</param>
    /// <exception cref="StoreException">The key is missing or another one, or the log was changed.</exception>
    public AuditRow Append(DbTransaction transaction, string kind, string? act, AuditEvent what)
    {
        var last = AuditRows.Last(transaction);
        var key = keys.Open(mayMake: false);
        var row = Row(kind, act, what) with
        {
            Sequence = Math.Max(last?.Sequence ?? 0, NewestKnown(key, last)) + 1,
            Previous = last?.Hash ?? AuditHead.None.Hash,
        };
        row = row with { Hash = key.Seal(row) };
        Insert(transaction.Noting(new(ChangeKind.AuditRow, Id: row.Sequence.ToString(CultureInfo.InvariantCulture))), row);
        return row;
    }

    /// <summary>
    /// Updates the head file; to be called when the transaction of <paramref name="row"/> is committed. A crash before it does no harm: the
    /// head file may be behind.
    /// </summary>
    /// <remarks>
    /// Waits at most <see cref="MaxHeadWait"/>: while the head file's disk hangs, <see cref="HeadFailure"/> reports it and no caller waits
    /// for it again.
    /// </remarks>
    /// <param name="replaceInvalid">Writes the head file also where it is missing or forged.</param>
    public async Task CommittedAsync(AuditRow row, bool replaceInvalid = false)
    {
        Task raising;
        lock (_lock)
        {
            _committed = row.Sequence > _committed.Sequence ? AuditHead.Of(row) : _committed;
            if (!_raising.IsCompleted && HeadFailure is not null)
            {
                return;
            }

            raising = _raising = RaiseAsync(_raising, replaceInvalid);
        }

        try
        {
            await raising.WaitAsync(MaxHeadWait, time);
        }
        catch (TimeoutException)
        {
            SetHeadFailure($"The audit head file {heads.Path} was not written within {MaxHeadWait.TotalSeconds:0} s: its disk hangs.");
            // It does not contain the rows that were written while it hung.
            _ = RaiseAfterAsync(raising);
        }
    }

    private async Task RaiseAfterAsync(Task raising)
    {
        await raising;
        await RaiseAsync(Task.CompletedTask, replaceInvalid: false);
    }

    /// <summary>Updates the head file, and never throws. It runs on a pool thread, which a disk that hangs blocks.</summary>
    private Task RaiseAsync(Task before, bool replaceInvalid) => Task.Run(async () =>
    {
        await before;
        try
        {
            SetHeadFailure(await heads.RaiseAsync(keys.Open(mayMake: false), Committed, replaceInvalid));
        }
        catch (StoreException refused)
        {
            SetHeadFailure(refused.Message);
        }
    });

    private void SetHeadFailure(string? failure)
    {
        if (Interlocked.Exchange(ref _headFailure, failure) != failure && failure is not null)
        {
            LogHeadFailure(failure);
        }
    }

    /// <summary>The highest number that was ever given. No number is given twice, even when a backup of the file was put back.</summary>
    private long NewestKnown(ChainKey key, AuditRow? last)
    {
        var reading = heads.Read(key);
        switch (reading)
        {
            case AuditHeadReading.Forged when last is not null && !key.Fits(last):
                throw new StoreException(
                    new(false, $"The audit key {keys.Path} is not the one that the audit log was written with. "
                        + "Restore that key and start the console again."));
            case AuditHeadReading.Unreadable unreadable when Committed.Sequence == 0:
                throw new StoreException(new(false, unreadable.Why));
        }

        return Math.Max(Committed.Sequence, reading.Known?.Sequence ?? 0);
    }

    private void Insert(DbTransaction transaction, AuditRow row)
    {
        try
        {
            AuditRows.Insert(transaction, row);
        }
        catch (DbException error) when (dialect.IsConstraintViolation(error))
        {
            // Nothing can follow the last row yet in a log to which rows were only appended.
            throw new StoreException(
                new(false, $"The audit log was changed so that no row can follow row {row.Sequence - 1}. Run: dotnet Dashboard.dll audit "
                    + $"verify"), error);
        }
    }

    private AuditRow Row(string kind, string? act, AuditEvent what) => new()
    {
        At = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Kind = kind,
        Act = act,
        Replica = replica.Value,
        Actor = AuditText.Clean(what.Actor) ?? "?",
        Address = AuditText.Clean(what.Address),
        Action = AuditText.Clean(what.Action) ?? "?",
        Subject = AuditText.Clean(what.Subject),
        Instance = what.Instance?.Value,
        RunId = AuditText.Clean(what.RunId),
        Database = what.Database,
        Counts = AuditText.Of(what.Counts),
        Reason = AuditText.Clean(what.Reason),
        Result = AuditText.Of(what.Result),
        Detail = AuditText.Clean(what.Detail),
    };

    [LoggerMessage(
        503, LogLevel.Error,
        "The audit log has no rows, but there are accounts, sessions or machine tokens: all of its rows were removed. Look for copies of "
            + "it, and find out who can access the data folder; the key is {Key}")]
    private partial void LogRowsRemoved(string key);

    [LoggerMessage(
        500, LogLevel.Error,
        "{Why} Rows cut off the end of the audit log would go unnoticed. It is tried again with the next row")]
    private partial void LogHeadFailure(string why);
}
