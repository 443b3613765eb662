using System.Data.Common;
using Dapper;
using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Audit;

public class AuditTrailTests : IDisposable
{
    private static readonly CancellationToken NoCancel = CancellationToken.None;
    private static readonly Dictionary<string, long> Removed = new() { ["removed"] = 812 };

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;

    public AuditTrailTests()
        : this(StoreKind.File)
    {
    }

    private protected AuditTrailTests(StoreKind kind) => _console = new(_folder.Path, _time, kind: kind);

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Event_IsStoredWithAllItsValues()
    {
        var what = new AuditEvent("cache.flush", "guest", "10.0.0.9")
        {
            Subject = "everything", Instance = InstanceId.Of("cache"), RunId = "abc", Database = 3, Counts = Removed, Reason = "deploy",
            Result = AuditResult.Failed, Detail = "it said BUSY",
        };

        Assert.Null(await _console.Trail.NoteAsync(what, NoCancel));

        var row = Assert.Single(await _console.RowsAsync());
        Assert.Equal(
            (1, Given.Start, "event", null, "here-1", "guest", "10.0.0.9", "cache.flush", "everything", "cache", "abc", 3,
                "{\"removed\":812}", "deploy", "failed", "it said BUSY"),
            (row.Sequence, row.Time, row.Kind, row.Act, row.Replica, row.Actor, row.Address, row.Action, row.Subject, row.Instance,
                row.RunId, row.Database, row.Counts, row.Reason, row.Result, row.Detail));
        Assert.True((await _console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task IntentAndOutcome_AreTwoRowsOfOneAct()
    {
        var intent = await _console.IntendAsync();
        Assert.Null(await _console.Trail.ConcludeAsync(intent, AuditResult.Done, "done", Removed, NoCancel));

        var rows = await _console.RowsAsync();

        Assert.Equal([("intent", "started"), ("outcome", "done")], rows.Select(row => (row.Kind, row.Result)));
        Assert.Equal(rows[0].Act, rows[1].Act);
        Assert.Equal(rows[0].Hash, rows[1].Previous);
        Assert.Equal("{\"removed\":812}", rows[1].Counts);
        Assert.Equal(0, await _console.Store.ReadAsync(connection => connection.QuerySingle<int>("SELECT count(*) FROM leases"), NoCancel));
    }

    [Fact]
    public async Task OutcomeReportedAgain_IsWrittenOnceMore_AsLate()
    {
        var intent = await _console.IntendAsync();
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, NoCancel);
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, NoCancel);
        await _console.Trail.ConcludeAsync(intent, AuditResult.Done, null, null, NoCancel);

        Assert.Equal(["intent", "outcome", "late"], (await _console.RowsAsync()).Select(row => row.Kind));
    }

    [Fact]
    public async Task Work_IsCommittedWithTheEvent_OrNeitherIs()
    {
        await _console.Store.WriteAsync(
            transaction => transaction.Connection!.Execute("CREATE TABLE things (name TEXT)", transaction: transaction), NoCancel);

        var changed = await _console.Trail.WriteAsync(OpenTrail.Event("role.changed"), Add, NoCancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _console.Trail.WriteAsync<int>(
            OpenTrail.Event("role.changed"), transaction => Add(transaction) + Throw(), NoCancel));

        Assert.Equal(1, changed);
        Assert.Equal(1, await _console.Store.ReadAsync(connection => connection.QuerySingle<int>("SELECT count(*) FROM things"), NoCancel));
        Assert.Single(await _console.RowsAsync());

        static int Add(DbTransaction transaction) =>
            transaction.Connection!.Execute("INSERT INTO things VALUES ('ben')", transaction: transaction);
        static int Throw() => throw new InvalidOperationException("a rule of the accounts");
    }

    [Fact]
    public async Task Work_DecidesWhetherThereIsAnEvent()
    {
        Assert.Equal("nothing to do", await _console.Trail.WriteAsync(_ => ("nothing to do", (AuditEvent?)null), NoCancel));
        Assert.Equal("done", await _console.Trail.WriteAsync(_ => ("done", (AuditEvent?)OpenTrail.Event()), NoCancel));

        Assert.Single(await _console.RowsAsync());
    }

    [Theory]
    [InlineData("UPDATE audit SET actor = 'nobody'", "never changed")]
    [InlineData("DELETE FROM audit", "never deleted")]
    [InlineData(
        "INSERT OR REPLACE INTO audit SELECT sequence, at, kind, act, replica, 'nobody', address, action, subject, instance, run_id, "
            + "database, counts, reason, result, detail, previous, hash FROM audit", "only appended")]
    public async Task Row_CannotBeChangedInTheFile(string sql, string refusal)
    {
        await _console.NoteAsync(1);

        var error =
            await Assert.ThrowsAsync<SqliteException>(
                () => _console.Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), NoCancel));

        Assert.Contains(refusal, error.Message);
        Assert.Null(_console.Store.Failure);
        Assert.Equal("guest", Assert.Single(await _console.RowsAsync()).Actor);
    }

    [Theory]
    [InlineData("a\r\nb\tc", "a  b c", "one line")]
    [InlineData("\u001b[31mred", "\\u001B[31mred", "terminals obey escapes")]
    [InlineData("token\u202Egnp.exe", "token\\u202Egnp.exe", "it would read backwards")]
    [InlineData("  ", null, "nothing is null")]
    public async Task TextThatHidesOrControls_IsMadeHarmless(string written, string? kept, string reason)
    {
        await _console.Trail.NoteAsync(OpenTrail.Event() with { Detail = written }, NoCancel);

        Assert.True(kept == Assert.Single(await _console.RowsAsync()).Detail, reason);
        Assert.True((await _console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task UnpairedSurrogate_IsReplaced()
    {
        await _console.Trail.NoteAsync(OpenTrail.Event() with { Detail = new string((char)0xD800, 1) + " alone" }, NoCancel);

        Assert.Equal("\uFFFD alone", Assert.Single(await _console.RowsAsync()).Detail);
        Assert.True((await _console.CheckAsync()).IsSound);
    }

    [Fact]
    public async Task LongText_IsCut()
    {
        await _console.Trail.NoteAsync(OpenTrail.Event() with { Reason = string.Concat(Enumerable.Repeat("😀", 400)) }, NoCancel);

        var reason = Assert.Single(await _console.RowsAsync()).Reason!;
        Assert.InRange(reason.Length, AuditText.MaxLength - 1, AuditText.MaxLength);
        Assert.EndsWith("😀…", reason, StringComparison.Ordinal);
        Assert.True((await _console.CheckAsync()).IsSound);
    }
}
