using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Fakes;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Commands;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Dashboard.Actions.Reclaim;

/// <summary>On real servers: expired keys are dropped, no other key is, and no other server is touched.</summary>
[Trait("Needs", "Server")]
public sealed class ReclaimExpiredTests
{
    private static readonly ReclaimExpired Reclaim = new(ScanBudget.Default, new PatientTime());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a server that keeps expired keys until a command reads them.</summary>
    private static async Task<TestServer> ServerAsync(int expired, int live)
    {
        var server = await TestServer.StartAsync("enable-debug-command local");
        await server.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await FillAsync(server, expired, live);
        return server;
    }

    private static Task<RedisResult> FillAsync(TestServer server, int expired, int live) => server.CallAsync(
        "EVAL",
        $"for i = 1, {expired} do redis.call('SET', 'e:'..i, 'x', 'PX', 1) end for i = 1, {live} do redis.call('SET', 'l:'..i, 'x', "
            + $"'EX', 9000) end", "0");

    private static async Task<(OpenRunner Runner, string Session, ActionPlan Plan)> PlannedAsync(
        TestServer server, ReclaimExpired? reclaim = null)
    {
        var runner = new OpenRunner(server, Purpose.Session, reclaim ?? Reclaim);
        await runner.PollAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);
        return (runner, session, await runner.PlanAsync(session, Reclaim.Id));
    }

    [Fact]
    public async Task ExpiredKeys_AreDropped_AndNoOthers()
    {
        await using var server = await ServerAsync(expired: 20_000, live: 1_000);
        var (runner, session, plan) = await PlannedAsync(server);
        await using var closed = runner;

        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan, phrase: "", reason: ""));
        var run = await runner.OverAsync();

        Assert.Equal(AuditResult.Done, run.Result);
        Assert.StartsWith("About 20\u202F000 expired keys were removed", run.Sentence, StringComparison.Ordinal);
        Assert.Equal((20_000, 21_000, 1_000), (run.Counts["reclaimed"], run.Counts["keys_before"], run.Counts["keys_after"]));
        Assert.Equal(("1000", "20000"), ((await server.CallAsync("DBSIZE")).ToString(), await server.InfoAsync("expired_keys")));
        Assert.Equal((21_000, 21_000), (run.Done, run.Total));
        Assert.DoesNotContain("del", await CommandsAsync(server), StringComparison.Ordinal);
        Assert.DoesNotContain("unlink", await CommandsAsync(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToReclaim_IsRefusedBeforehand()
    {
        await using var server = await ServerAsync(0, 0);
        await using var runner = new OpenRunner(server, Purpose.Session, Reclaim);
        var session = await runner.SignInAsync("guest", OperatorRole.Operator);

        await runner.PollAsync();
        var refusal = await runner.RefusedAsync(session, Reclaim.Id);
        Assert.Equal("test has no keys in database 0: there is nothing to reclaim.", refusal.Sentence);
        await server.CallAsync("SET", "kept", "x");
        await runner.PollAsync();
        refusal = await runner.RefusedAsync(session, Reclaim.Id);
        Assert.Equal("No key in database 0 of test has a time to live: there is nothing to reclaim.", refusal.Sentence);
    }

    [Fact]
    public async Task ServerRestarted_BetweenPreviewAndBegin_TheNewServerIsLeftAlone()
    {
        await using var server = await ServerAsync(100, 10);
        var (runner, session, plan) = await PlannedAsync(server);
        await using var closed = runner;
        await server.RestartAsync();
        await server.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await FillAsync(server, 300, 10);

        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));
        var run = await runner.OverAsync();

        Assert.Equal(AuditResult.Failed, run.Result);
        Assert.StartsWith(
            "Another server answers there now, or it was restarted. Nothing was done to it.", run.Sentence, StringComparison.Ordinal);
        Assert.Equal(("310", "0"), ((await server.CallAsync("DBSIZE")).ToString(), await server.InfoAsync("expired_keys")));

        await runner.PollAsync();
        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(session, plan with { }));
        Assert.Contains("is no longer available", refused.Why.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServerReplaced_DuringAScan_TheScanEnds_AndTheNewServerIsLeftAlone()
    {
        await using var server = await ServerAsync(0, 30_000);
        // The scan requests the lost page again only once the new server is there.
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var (runner, session, plan) = await PlannedAsync(server, new(ScanBudget.Default, time));
        await using var closed = runner;
        await server.CallAsync("CLIENT", "PAUSE", "60000", "WRITE");

        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));
        await Eventually.Async(
            async () => ((string)(await server.CallAsync("CLIENT", "LIST"))!).Contains("cmd=eval", StringComparison.Ordinal));
        await server.RestartAsync();
        await server.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await FillAsync(server, 300, 10);
        var run = await Deadline.PassesAsync(time, runner.OverAsync);

        Assert.StartsWith(
            "Another server answers there now, or it was restarted. Nothing was done to it.", run.Sentence, StringComparison.Ordinal);
        Assert.Equal(AuditResult.Failed, run.Result);
        Assert.Contains("It is unknown how many expired keys were removed", run.Sentence, StringComparison.Ordinal);
        Assert.Equal(("310", "0"), ((await server.CallAsync("DBSIZE")).ToString(), await server.InfoAsync("expired_keys")));
    }

    /// <summary>The name of a token's key is the token itself.</summary>
    [Fact]
    public async Task Script_ReturnsNoKeyName()
    {
        await using var server = await ServerAsync(0, 50);

        var reply =
            (string[])(await server.CallAsync("EVAL", LuaScripts.Reclaim, "0", (await server.InfoAsync("run_id"))!, "0", "0", "100", ""))!;

        Assert.Equal(["done", "0", "0", "0", "50", "0"], reply);
    }

    /// <summary>The run takes 10 s; the server drops keys at the pace of the hour before.</summary>
    [Theory]
    [InlineData(3_600, 1_000, "About 990 expired keys were removed. The server removed about 10 more on its own during the scan.")]
    [InlineData(0, 1_000, "About 1\u202F000 expired keys were removed.")]
    [InlineData(3_600, 5, "No key had expired. The server removed about 10 more on its own during the scan.")]
    [InlineData(0, 1, "About 1 expired key was removed.")]
    public void KeysThatTheServerDropsOnItsOwn_AreSubtracted(long hourly, long rise, string sentence)
    {
        var before = Given.Snapshot("valkey-8.0.1-session", ("expired_keys", "100"), ("used_memory", "1000"));
        var after = Given.Snapshot("valkey-8.0.1-session", ("expired_keys", $"{100 + rise}"), ("used_memory", "1000"));
        var plan =
            new ActionPlan(
                Guid.NewGuid(), Reclaim.Id, Given.Instance(Purpose.Session), before.Server.RunId!,
                Given.Start)
            { Counts = new Dictionary<string, long> { [ReclaimExpired.ExpiriesAnHour] = hourly } };

        var outcome =
            ReclaimOutcome.Of(
                plan, new KeyspaceScan(new FakeServerActor(), new RecordingProgress(), ScanBudget.Default, TimeProvider.System), null,
                before, after, TimeSpan.FromSeconds(10));

        Assert.Equal((AuditResult.Done, sentence), (outcome.Result, outcome.Sentence));
    }

    [Fact]
    public async Task ExpiryRate_IsKeptInThePlan()
    {
        var polls = Enumerable.Range(0, 5)
            .Select(
                second =>
                    (PollResult)Given.Answered(
                        "valkey-8.0.1-session", second, ("expired_keys", $"{100 + (2 * second)}"), ("db0", "keys=10,expires=10,avg_ttl=0")))
                            .ToArray();

        var result = await Reclaim.PlanAsync(new(Given.State(Purpose.Session, polls), ""), new FakeServerActor(), Cancel);

        Assert.Equal(7_200, Assert.IsType<PlanResult.Planned>(result).Plan.Counts[ReclaimExpired.ExpiriesAnHour]);
    }

    private static async Task<string> CommandsAsync(TestServer server) => string.Join(
        ' ', InfoReply.Parse((string)(await server.CallAsync("INFO", "commandstats"))!).Fields.Select(field => field.Name));
}
