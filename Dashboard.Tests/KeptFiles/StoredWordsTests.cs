using Dapper;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Alerts;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Audit.Reading;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Realtime;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.KeptFiles;

/// <summary>Words that are stored in a database or read by other programs stay the same, whatever their enumeration calls them.</summary>
public sealed class StoredWordsTests : IDisposable
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private static readonly string[] Results = ["done", "refused", "failed", "cancelled", "unknown", "started"];
    private static readonly string[] States = ["begun", "kept", "returning", "purging", "over"];
    private static readonly string[] Roles = ["viewer", "operator", "token-admin", "flush-admin", "owner"];

    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly OpenTrail _console;

    public StoredWordsTests() => _console = new(_folder.Path, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    /// <summary><c>audit.result</c>, and the filter in the address of the audit page.</summary>
    [Fact]
    public void ResultOfAnAuditRow()
    {
        var filtered = Results.Select(word => AuditFilter.Read(null, null, null, word, null, null, null).Result);

        Assert.Equal(Results, Enum.GetValues<AuditResult>().Select(AuditText.Of));
        Assert.Equal(Enum.GetValues<AuditResult>().Cast<AuditResult?>(), filtered);
    }

    /// <summary><c>runs.result</c>, written and read.</summary>
    [Fact]
    public async Task ResultOfARun()
    {
        var runs = new RunStore(_console.Store, new ReplicaId("here-1"), [], _time);
        foreach (var result in Enum.GetValues<AuditResult>())
        {
            var run = new Run(Guid.CreateVersion7(), "probe", Cache, "abc", 0, "", "guest", "", _time.GetUtcNow());
            Assert.Null(await runs.ClaimAsync(run, Cancel));
            Assert.True(await runs.EndAsync(run.Id, new ActionOutcome(result, ""), Cancel));
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        var read = (await runs.NewestAsync(Cache, Results.Length, Cancel)).Select(run => run.Result).Reverse();
        Assert.Equal(Results, await WordsAsync("SELECT result FROM runs ORDER BY begun_at"));
        Assert.Equal(Enum.GetValues<AuditResult>().Cast<AuditResult?>(), read);
    }

    /// <summary><c>swaps.state</c>, written and read.</summary>
    [Fact]
    public async Task StateOfAFlush()
    {
        var states = Enum.GetValues<RetentionState>();
        var swaps = states.Select((state, spare) => Of(state, spare + 1)).ToList();
        await _console.Store.WriteAsync(transaction => swaps.TrueForAll(swap => RetainedFlushTable.Add(transaction, swap)), Cancel);

        var read = await _console.Store.ReadAsync(connection =>
            swaps.ConvertAll(swap => RetainedFlushTable.Find(connection, swap.Id)), Cancel);
        Assert.Equal(States, await WordsAsync("SELECT state FROM swaps ORDER BY spare"));
        Assert.Equal(states.Cast<RetentionState?>(), read.Select(swap => swap?.State));

        static RetainedFlush Of(RetentionState state, int spare) =>
            new(Guid.CreateVersion7(), Cache, "abc", 0, spare, 1, "guest", state, Given.Start, Given.Start);
    }

    /// <summary><c>audit.kind</c>.</summary>
    [Fact]
    public void KindOfAnAuditRow()
    {
        string[] kinds = [AuditKind.Event, AuditKind.Intent, AuditKind.Outcome, AuditKind.Late, AuditKind.Restored];

        Assert.Equal(["event", "intent", "outcome", "late", "restored"], kinds);
    }

    /// <summary><c>grants.role</c>, and the roles of a provider in the settings.</summary>
    [Fact]
    public void RoleOfAnAccount()
    {
        Assert.Equal(Roles, Enum.GetValues<OperatorRole>().Select(RoleNames.Of));
        Assert.Equal(Enum.GetValues<OperatorRole>().Cast<OperatorRole?>(), Roles.Select(RoleNames.Parse));
    }

    /// <summary><c>machine_tokens.scopes</c>.</summary>
    [Fact]
    public void ScopeOfAMachineToken() => Assert.Equal(["metrics", "api", "hub"], ApiTokenScope.All);

    /// <summary><c>marks</c> of the readings in history.db: a gap, a restart, a reset and why polls failed are bits of a number.</summary>
    [Fact]
    public void MarkOfAReading()
    {
        Assert.Equal((0, 1, 2, 4), ((int)ReadingFlags.None, (int)ReadingFlags.Gap, (int)ReadingFlags.Restart, (int)ReadingFlags.Reset));
        Assert.Equal(
            (8, 16, 32), ((int)ReadingFlags.Refused, (int)ReadingFlags.Unanswered, (int)ReadingFlags.Rejected));
        Assert.Equal(7, Enum.GetValues<ReadingFlags>().Length);
    }

    /// <summary>In the settings, and in <c>GET /api/fleet</c>.</summary>
    [Fact]
    public void PurposeOfAnInstance() =>
        Assert.Equal(["cache", "cable", "session", "other"], Purpose.All.Select(purpose => purpose.Word));

    /// <summary>In <c>GET /api/fleet</c>, in lower case.</summary>
    [Fact]
    public void SeverityOfAFinding() => Assert.Equal(["Info", "Warning", "Critical"], Enum.GetNames<Severity>());

    private Task<List<string>> WordsAsync(string sql) =>
        _console.Store.ReadAsync(connection => connection.Query<string>(sql).AsList(), Cancel);
}
