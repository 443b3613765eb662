using System.Data.Common;
using System.Globalization;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Realtime;
using Dashboard.Storage;

namespace Dashboard.Audit.Chain;

/// <summary>Appends rows to the chain, each inside a transaction that has locked the file, and moves the head file on after the commit.</summary>
internal sealed partial class AuditChain(AuditKeyFile keys, AuditHeadFile heads, ReplicaId replica, ISqlDialect dialect, TimeProvider time, ILogger<AuditChain> chain)
{
    /// <summary>How long somebody who wrote a row waits for the head file, which may be on another disk.</summary>
    public static readonly TimeSpan HeadMost = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private AuditHead _committed = AuditHead.None;
    private Task _raising = Task.CompletedTask;
    private string? _headTrouble;

    /// <summary>The newest row this run of the console has committed or met: rows below it that are not there were taken away.</summary>
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

    /// <summary>Why the head file could not be moved on the last time; null while it can.</summary>
    public string? HeadTrouble => Volatile.Read(ref _headTrouble);

    /// <summary>To be called before the work of a transaction that may append: before the first row of all, makes the key and begins the head file.</summary>
    /// <remarks>Where rows were taken away, neither: the missing head file stays a fault, until an owner's word begins it anew.</remarks>
    /// <exception cref="StoreException">The key or the head file cannot be made.</exception>
    public void BeginIn(DbTransaction transaction)
    {
        if (heads.Exists || Committed.Sequence > 0 || !AuditRows.None(transaction.Connection!, transaction))
        {
            return;
        }

        if (PriorUseEvidence.AreIn(transaction.Connection!, dialect, transaction))
        {
            LogTakenAway(keys.Path);
            return;
        }

        if (heads.Read(keys.Open(mayMake: true)) is AuditHeadReading.Missing)
        {
            heads.Begin(keys.Open(mayMake: false));
        }
    }

    /// <param name="transaction">One that has locked the file from its beginning.</param>
    /// <param name="act">What an intent and its outcome share.</param>
    /// <exception cref="StoreException">The key is missing, or another one; or the log was changed.</exception>
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

    /// <summary>To be called when the transaction of <paramref name="row"/> is committed. A crash before it harms nothing: the head file may be behind.</summary>
    /// <remarks>Never longer than <see cref="HeadMost"/>: while the head file's disk hangs, <see cref="HeadTrouble"/> says so and nobody waits for it again.</remarks>
    /// <param name="anew">Also where the head file is missing or forged.</param>
    public async Task CommittedAsync(AuditRow row, bool anew = false)
    {
        Task raising;
        lock (_lock)
        {
            _committed = row.Sequence > _committed.Sequence ? AuditHead.Of(row) : _committed;
            if (!_raising.IsCompleted && HeadTrouble is not null)
            {
                return;
            }

            raising = _raising = RaiseAsync(_raising, anew);
        }

        try
        {
            await raising.WaitAsync(HeadMost, time);
        }
        catch (TimeoutException)
        {
            Tell($"The audit head file {heads.Path} was not written within {HeadMost.TotalSeconds:0} s: its disk hangs.");
            // Rows written while it hung were not told to it.
            _ = RaiseAfterAsync(raising);
        }
    }

    private async Task RaiseAfterAsync(Task raising)
    {
        await raising;
        await RaiseAsync(Task.CompletedTask, anew: false);
    }

    /// <summary>Never throws. On a thread of its own: a disk that hangs keeps it.</summary>
    private Task RaiseAsync(Task before, bool anew) => Task.Run(async () =>
    {
        await before;
        try
        {
            Tell(await heads.RaiseAsync(keys.Open(mayMake: false), Committed, anew));
        }
        catch (StoreException refused)
        {
            Tell(refused.Message);
        }
    });

    private void Tell(string? trouble)
    {
        if (Interlocked.Exchange(ref _headTrouble, trouble) != trouble && trouble is not null)
        {
            LogHeadTrouble(trouble);
        }
    }

    /// <summary>Numbers once given are not given again, even when a backup has put the file back.</summary>
    private long NewestKnown(ChainKey key, AuditRow? last)
    {
        var reading = heads.Read(key);
        switch (reading)
        {
            case AuditHeadReading.Forged when last is not null && !key.Fits(last):
                throw new StoreException(new(false, $"The audit key {keys.Path} is not the one that the audit log was written with. Put that one back and start the console again."));
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
            // In a log that was only ever appended to, nothing follows its last row yet.
            throw new StoreException(new(false, $"The audit log was changed so that no row can follow row {row.Sequence - 1}. Run: dotnet Dashboard.dll audit verify"), error);
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

    [LoggerMessage(503, LogLevel.Error, "The audit log holds no row, but there are accounts, sessions or machine tokens: all of its rows were taken away. Look for copies of it, and for who has the data folder; the key is {Key}")]
    private partial void LogTakenAway(string key);

    [LoggerMessage(500, LogLevel.Error, "{Why} Rows cut off the end of the audit log would not be missed. It is tried again with the next row")]
    private partial void LogHeadTrouble(string why);
}
