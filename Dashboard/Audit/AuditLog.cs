using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Audit;

/// <summary>Appends rows to the chain, each inside a transaction that has locked the file, and moves the head file on after the commit.</summary>
internal sealed partial class AuditLog(KeyFile keys, HeadFile heads, ReplicaId replica, TimeProvider time, ILogger<AuditLog> log)
{
    private readonly Lock _lock = new();
    private AuditHead _committed = AuditHead.None;
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

    /// <param name="transaction">One that has locked the file from its beginning.</param>
    /// <param name="act">What an intent and its outcome share.</param>
    /// <exception cref="StoreException">The key is missing, or another one; or the log was changed.</exception>
    public AuditRow Append(SqliteTransaction transaction, string kind, string? act, AuditEvent what)
    {
        var last = AuditRows.Last(transaction);
        var key = keys.Open(mayMake: last is null && !heads.Exists);
        var row = Row(kind, act, what) with
        {
            Sequence = Math.Max(last?.Sequence ?? 0, NewestKnown(key, last)) + 1,
            Previous = last?.Hash ?? AuditHead.None.Hash,
        };
        row = row with { Hash = key.Seal(row) };
        Insert(transaction, row);
        return row;
    }

    /// <summary>To be called when the transaction of <paramref name="row"/> is committed. A crash before it harms nothing: the head file may be behind.</summary>
    /// <param name="anew">Also where the head file is missing or forged.</param>
    public async Task CommittedAsync(AuditRow row, bool anew = false)
    {
        lock (_lock)
        {
            _committed = row.Sequence > _committed.Sequence ? AuditHead.Of(row) : _committed;
        }

        var trouble = await heads.RaiseAsync(keys.Open(mayMake: false), Committed, anew);
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
            case HeadReading.Missing when last is null:
                heads.Begin(key);
                break;
            case HeadReading.Forged when last is not null && !key.Fits(last):
                throw new StoreException(new(false, $"The audit key {keys.Path} is not the one that the audit log was written with. Put that one back and start the console again."));
            case HeadReading.Unreadable unreadable when Committed.Sequence == 0:
                throw new StoreException(new(false, unreadable.Why));
        }

        return Math.Max(Committed.Sequence, reading.Known?.Sequence ?? 0);
    }

    private static void Insert(SqliteTransaction transaction, AuditRow row)
    {
        try
        {
            AuditRows.Insert(transaction, row);
        }
        catch (SqliteException error) when (error.SqliteErrorCode == SQLitePCL.raw.SQLITE_CONSTRAINT)
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

    [LoggerMessage(500, LogLevel.Error, "{Why} Rows cut off the end of the audit log would not be missed. It is tried again with the next row")]
    private partial void LogHeadTrouble(string why);
}
