using Dapper;
using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;
using Dashboard.Audit.Integrity;
using Dashboard.Audit.Intents;
using Dashboard.Changes;
using Dashboard.Fakes;
using Dashboard.Realtime;
using Dashboard.Storage;
using Dashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Audit;

/// <summary>
/// One run of a console's audit log over a folder; a second one over the same folder is another console, or the next run.
/// </summary>
internal sealed class OpenTrail : IDisposable
{
    private readonly StoreKind _kind;

    public OpenTrail(
        string folder, TimeProvider time, string replica = "here-1", string? keyFile = null, string? headFile = null,
        StoreKind kind = StoreKind.File, Func<IConsoleStore, IConsoleStore>? around = null)
    {
        Files = new(Path.Combine(folder, "console.db"), headFile ?? Path.Combine(folder, "audit.head"), keyFile);
        (_kind, Store) = (kind, kind switch
        {
            StoreKind.File => new SqliteConsoleStore(Files, Changes, NullLogger<SqliteConsoleStore>.Instance),
            _ => new InMemoryConsoleStore(Files.Database, Changes),
        });
        Store = around?.Invoke(Store) ?? Store;
        Keys = new(Files);
        Heads = new(Files, time);
        Log = new(Keys, Heads, new ReplicaId(replica), Store.Dialect, time, NullLogger<AuditChain>.Instance);
        Trail = new(Store, Log, new ReplicaId(replica), new Acknowledgement(Keys, Heads, Log, Store.Dialect), time);
        Sweep = new(Store, Log, time, NullLogger<IntentLeaseSweeper>.Instance);
    }

    public ConsoleFiles Files { get; }

    public ChangeFeed Changes { get; } = new(NullLogger<ChangeFeed>.Instance);

    public IConsoleStore Store { get; }

    public AuditKeyFile Keys { get; }

    public AuditHeadFile Heads { get; }

    public AuditChain Log { get; }

    public AuditTrail Trail { get; }

    public IntentLeaseSweeper Sweep { get; }

    public static AuditEvent Event(string action = "sign-in", string actor = "guest") => new(action, actor, "10.0.0.9");

    /// <summary>Appends plain events.</summary>
    public async Task NoteAsync(int count)
    {
        for (var each = 0; each < count; each++)
        {
            Assert.Null(await Trail.NoteAsync(Event() with { Subject = $"number {each}" }, TestContext.Current.CancellationToken));
        }
    }

    public async Task<AuditIntent> IntendAsync(AuditEvent? what = null, double seconds = 30) =>
        Assert.IsType<IntentResult.Written>(
            await Trail.IntendAsync(
                what ?? Event("cache.flush"), TimeSpan.FromSeconds(seconds), TestContext.Current.CancellationToken)).Intent;

    public Task<List<AuditRow>> RowsAsync() => Store.ReadAsync(connection => AuditRows.After(connection, 0).ToList());

    /// <summary>Checks the whole log, as this run would.</summary>
    public async Task<ChainVerdict> CheckAsync()
    {
        var key = Keys.Open(mayMake: false);
        var (head, remembered) = (Heads.Read(key), Log.Committed);
        return await Store.ReadAsync(
            connection =>
                new ChainCheck(key).Add(AuditRows.After(connection, 0), head.Known)
                    .Verdict(head, remembered, PriorUseEvidence.ExistsIn(connection, Store.Dialect)));
    }

    /// <summary>Changes the database as a person with an editor could, whom no trigger stops.</summary>
    public void Tamper(string sql)
    {
        using var connection = _kind == StoreKind.Memory ? InMemoryConsoleStore.Open(Files.Database) : OpenFile();
        foreach (var trigger in connection.Query<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").ToList())
        {
            connection.Execute($"DROP TRIGGER {trigger}");
        }

        connection.Execute(sql);
    }

    private SqliteConnection OpenFile()
    {
        var connection = new SqliteConnection($"Data Source={Files.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        Sweep.Dispose();
        (Store as IDisposable)?.Dispose();
        Heads.Dispose();
    }
}
