using System.Data.Common;
using Dapper;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Audit.Intents;
using Dashboard.Fakes;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// A person who may write the data folder can make console.db ignore rows without an error. Nothing is then done that would have been
/// recorded.
/// </summary>
public class IgnoredAuditRowsTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;

    public IgnoredAuditRowsTests()
        : this(StoreKind.File)
    {
    }

    private protected IgnoredAuditRowsTests(StoreKind kind) => _console = new(_folder.Path, _time, kind: kind);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Ways in which a row of the log is not kept.</summary>
    public static TheoryData<string> Ways =>
    [
        "CREATE TRIGGER quiet BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER quiet BEFORE INSERT ON audit BEGIN INSERT INTO leases VALUES ('an act', 'nobody', 1); SELECT RAISE(IGNORE); END",
        "DROP TRIGGER audit_is_not_deleted; CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE sequence = "
            + "NEW.sequence; END",
    ];

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task EventThatIsNotKept_IsReported_AndTheRestOfItsTransactionIsUndone(string way)
    {
        await _console.NoteAsync(1);
        await WriteAsync("CREATE TABLE things (name TEXT)");
        await WriteAsync(way);

        Assert.Equal(FailureOf("audit"), await _console.Trail.NoteAsync(OpenTrail.Event(), Cancel));
        await Assert.ThrowsAsync<StoreException>(() => _console.Trail.WriteAsync(OpenTrail.Event(), Add, Cancel));

        Assert.Equal(FailureOf("audit"), _console.Store.Failure);
        Assert.Single(await _console.RowsAsync());
        Assert.Equal(0, await CountAsync("things"));
        Assert.True((await _console.CheckAsync()).IsSound);

        static int Add(DbTransaction transaction) =>
            transaction.Connection!.Execute("INSERT INTO things VALUES ('ben')", transaction: transaction);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task IntentThatIsNotKept_IsRefused(string way)
    {
        await _console.NoteAsync(1);
        await WriteAsync(way);

        var intentResult = await _console.Trail.IntendAsync(OpenTrail.Event("cache.flush"), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(FailureOf("audit"), Assert.IsType<IntentResult.Refused>(intentResult).Failure);
        Assert.Equal(0, await CountAsync("leases"));
    }

    [Fact]
    public async Task LeaseThatIsNotKept_RefusesTheIntent()
    {
        await _console.NoteAsync(1);
        await WriteAsync("CREATE TRIGGER quiet BEFORE INSERT ON leases BEGIN SELECT RAISE(IGNORE); END");

        var intentResult = await _console.Trail.IntendAsync(OpenTrail.Event("cache.flush"), TimeSpan.FromSeconds(30), Cancel);

        Assert.Equal(FailureOf("leases"), Assert.IsType<IntentResult.Refused>(intentResult).Failure);
        Assert.Single(await _console.RowsAsync());
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task OutcomeThatIsNotKept_IsReported_AndIsUnknownOnceTheFileWorksAgain(string way)
    {
        var intent = await _console.IntendAsync();
        await WriteAsync(way);

        Assert.Equal(FailureOf("audit"), await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, Cancel));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, await _console.Sweep.SweepAsync(Cancel));

        await WriteAsync("DROP TRIGGER quiet");
        Assert.Equal(1, await _console.Sweep.SweepAsync(Cancel));
        Assert.Equal(["started", "unknown"], (await _console.RowsAsync()).Select(row => row.Result));
    }

    /// <summary>A lease that stays does no harm; a lost outcome does.</summary>
    [Fact]
    public async Task LeaseThatCannotBeRemoved_LosesNoOutcome()
    {
        var intent = await _console.IntendAsync();
        await WriteAsync("CREATE TRIGGER quiet BEFORE DELETE ON leases BEGIN SELECT RAISE(IGNORE); END");

        Assert.Null(await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, Cancel));

        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(0, await _console.Sweep.SweepAsync(Cancel));
        Assert.Equal(["started", "done"], (await _console.RowsAsync()).Select(row => row.Result));
    }

    private protected string Folder => _folder.Path;

    private protected virtual StoreFailure FailureOf(string table) => new(
        false,
        $"{_console.Store.Location} did not keep a write to its table {table}. A trigger that does not belong to the console may be the "
            + $"cause: find it with sqlite3 {_console.Store.Location} \"SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND "
            + "name NOT LIKE 'audit_is_not_%'\" and remove it, then try again.");

    private Task<int> WriteAsync(string sql) =>
        _console.Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<int> CountAsync(string table) =>
        _console.Store.ReadAsync(connection => connection.QuerySingle<int>($"SELECT count(*) FROM {table}"), Cancel);
}
