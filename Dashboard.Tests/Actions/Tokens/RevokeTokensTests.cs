using System.Text;
using Dashboard.Access.Roles;
using Dashboard.Actions.Execution;
using Dashboard.Audit.Events;
using Dashboard.Configuration;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Dashboard.Actions.Tokens;

/// <summary>On real servers: exactly the tokens meant are deleted, whatever their keys and values are made of.</summary>
[Trait("Needs", "Server")]
public sealed class RevokeTokensTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PastedToken_IsFoundByItsKey_AndDeleted_WhateverElseRuns()
    {
        await using var server = await TestServer.StartAsync("appendonly yes");
        await SetAsync(server, "token:" + Secret(1), """{"user_id":42,"created_at":"2026-11-30T10:00:00Z"}""", 3600);
        await SetAsync(server, "token:" + Secret(2), """{"user_id":42}""", 3600);
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        await server.CallAsync("EVAL", "for i = 1, 30000 do redis.call('SET', 'other:'..i, 'x', 'EX', 900) end", "0");
        await runner.PollAsync();
        // A scan that waits at the server holds the slot of the instance.
        await server.CallAsync("CLIENT", "PAUSE", "3000", "WRITE");
        await runner.BeginAsync(session, await runner.PlanAsync(session, "keys.reclaim"));

        var search = await FindPastedAsync(runner, session, $"Authorization: Bearer {Secret(1)}");
        var found = Assert.Single(search.State.Rows);
        Assert.Equal(("42", "JSON", true), (found.User, found.Value.Form, found.TimeToLive > TimeSpan.FromMinutes(50)));
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text);
        Assert.Equal($"{found.Name} of user 42", plan.Scope);
        var begun = Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan, phrase: "", reason: "stolen laptop"));
        var run = await runner.OverAsync(begun.Run.Id);

        Assert.Equal(AuditResult.Done, run.Result);
        Assert.StartsWith("1 token of user 42 revoked.", run.Sentence, StringComparison.Ordinal);
        Assert.Equal("0", (await server.CallAsync("EXISTS", "token:" + Secret(1))).ToString());
        Assert.Equal("1", (await server.CallAsync("EXISTS", "token:" + Secret(2))).ToString());
        Assert.Contains(found.Digest!.Hex, (await runner.Revoked.OfRunAsync(run.Id, Cancel)).Select(one => one.Digest));
    }

    [Fact]
    public async Task AllOfAUser_AreDeleted_OverEveryKindAndForm_AndNoOthers()
    {
        await using var server = await TestServer.StartAsync();
        var settings = GivenTokens.Settings(
            ("access", new()), ("refresh", new() { Pattern = "refresh:<user>:<token>", Value = "opaque", Index = "user_tokens:<user>" }));
        var (runner, session) = await RunnerAsync(server, settings);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), """{"user_id":9007199254740993}""", 3600);
        await SetAsync(server, "token:" + Secret(2), """{"user_id":9007199254740992}""", 3600);
        await SetAsync(server, "token:" + Secret(3), "9007199254740993", 3600);
        await SetAsync(server, "token:" + Secret(4), """{"user_id":9007199254740993,"user_id":1}""", 3600);
        await SetAsync(server, "refresh:9007199254740993:" + Secret(5), "x", 3600);
        await server.CallAsync("HSET", "token:" + Secret(6), "user_id", "9007199254740993");
        await server.CallAsync("SADD", "user_tokens:9007199254740993", Secret(5), "other");
        RedisKey binary = (byte[])[.. "token:"u8, 0xFF, 0xFE, 0, .. Encoding.ASCII.GetBytes(Secret(7))];
        await server.CallAsync("SET", binary, "9007199254740993");
        await server.CallAsync("SET", "token:{a}:b[c]*?0123456789", "9007199254740993");
        await server.CallAsync("LPUSH", "token:list", "9007199254740993");
        await server.CallAsync("SET", "token:big", new string('x', 100_000));

        var search = await FindAsync(runner, session, new() { User = "9007199254740993" });
        Assert.Equal((6, null), (search.State.Found, search.State.Abort));
        Assert.Equal(
            [("JSON with an error or a name twice", 1L), ("a list", 1L), ("larger than is read", 1L)],
            search.State.Unread.OrderBy(form => form.Form[0] == 'J' ? 0 : 1));
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, []).Text);
        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));
        var run = await runner.OverAsync();

        Assert.StartsWith("6 tokens of user 9007199254740993 revoked in 2 passes.", run.Sentence, StringComparison.Ordinal);
        Assert.Equal((AuditResult.Done, 6L), (run.Result, run.Counts["revoked"]));
        Assert.Equal("5", (await server.CallAsync("DBSIZE")).ToString());
        Assert.Equal(["other"], (string[])(await server.CallAsync("SMEMBERS", "user_tokens:9007199254740993"))!);
    }

    /// <summary>
    /// Where the default user is off, an append-only file loses at the next restart what two writes of one step did: it has them between
    /// MULTI and EXEC. None of ours does, also where tokens expire meanwhile.
    /// </summary>
    [Fact]
    public async Task Revoked_StaysRevoked_OverARestart_WhereTheDefaultUserIsOff()
    {
        await using var server = await TestServer.StartAsync(
            "appendonly yes", "appendfsync always", "enable-debug-command local", "user admin on >secret ~* &* +@all");
        await server.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        for (var number = 0; number < 400; number++)
        {
            await server.CallAsync("SET", "token:" + Secret(number), "42", "PX", number % 4 == 0 ? $"{1 + (number * 15)}" : "3600000");
        }

        var search = await FindAsync(runner, session, new() { User = "42" });
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, []).Text);
        await runner.BeginAsync(session, plan);
        var run = await runner.OverAsync();
        Assert.Equal(AuditResult.Done, run.Result);
        Assert.True(run.Counts["revoked"] >= 300, run.Sentence);
        // A key that expired meanwhile writes twice, and is alone in its step.
        var doubled = string.Concat(Steps(await AofOfAsync(server)));
        Assert.All(
            Enumerable.Range(0, 400).Where(number => number % 4 != 0),
            number => Assert.DoesNotContain(Secret(number), doubled, StringComparison.Ordinal));

        await server.RestartAsync(lines: "user default off");

        await using var admin = await AdminConnection.OpenAsync(server.Port, "secret", "admin");
        var keys = (string[])(await admin.Server.ExecuteAsync("KEYS", "*"))!;
        Assert.Empty(keys);
    }

    /// <summary>What the append-only file has between MULTI and EXEC.</summary>
    private static IEnumerable<string> Steps(string aof) =>
        aof.Split("MULTI", StringSplitOptions.None).Skip(1).Select(step => step.Split("EXEC")[0]);

    private static async Task<string> AofOfAsync(TestServer server) => string.Concat(await Task.WhenAll(
        Directory.EnumerateFiles(server.Folder, "*.incr.aof", SearchOption.AllDirectories)
            .Select(file => File.ReadAllTextAsync(file, Cancel))));

    [Fact]
    public async Task ValuesThatChangeAtEachRead_AreDeletedByKey()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        for (var number = 0; number < 50; number++)
        {
            await SetAsync(server, "token:" + Secret(number), $$"""{"user_id":42,"last_used_at":{{number}}}""", 3600);
        }

        var search = await FindAsync(runner, session, new() { User = "42" });
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, []).Text);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var touching = Task.Run(async () =>
        {
            for (var beat = 0; !stop.IsCancellationRequested; beat++)
            {
                await server.CallAsync(
                    "EVAL",
                    "for _, key in ipairs(redis.call('KEYS', 'token:*')) do "
                        + "redis.call('SET', key, '{\"user_id\":42,\"last_used_at\":'..ARGV[1]..'}', 'KEEPTTL') end",
                    "0", beat.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }, Cancel);
        await runner.BeginAsync(session, plan);
        var run = await runner.OverAsync();
        await stop.CancelAsync();
        await touching;

        Assert.Equal((AuditResult.Done, 50L), (run.Result, run.Counts["revoked"]));
        Assert.Equal("0", (await server.CallAsync("DBSIZE")).ToString());
    }

    [Fact]
    public async Task TokensWithoutTtl_GetTheRestOfTheirTime_AndOthersKeepTheirs()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        var (young, old) = (TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddDays(-3));
        await server.CallAsync("SET", "token:" + Secret(1), $$"""{"user_id":1,"created_at":"{{young:O}}"}""");
        await server.CallAsync("SET", "token:" + Secret(2), $$"""{"user_id":1,"created_at":"{{old:O}}"}""");
        await server.CallAsync("SET", "token:" + Secret(3), "1");
        await SetAsync(server, "token:" + Secret(4), "1", 77);
        await server.CallAsync("SET", "other", "1");

        var search = await FindAsync(runner, session, new() { WithoutTtl = true });
        Assert.Equal(3, search.State.Found);
        var plan = await runner.PlanAsync(session, RepairTokens.ActionId, new TokenScope(search.Id, []).Text);
        await runner.BeginAsync(session, plan, phrase: "", reason: "");
        var run = await runner.OverAsync();

        Assert.Equal((AuditResult.Done, "3 tokens got a TTL."), (run.Result, run.Sentence));
        Assert.InRange((long)await server.CallAsync("TTL", "token:" + Secret(1)), 82_000, 82_800);
        Assert.InRange((long)await server.CallAsync("TTL", "token:" + Secret(2)), 200, 300);
        Assert.InRange((long)await server.CallAsync("TTL", "token:" + Secret(3)), 86_000, 86_400);
        Assert.InRange((long)await server.CallAsync("TTL", "token:" + Secret(4)), 1, 77);
        Assert.Equal("-1", (await server.CallAsync("TTL", "other")).ToString());
    }

    [Fact]
    public async Task Countdown_CanBeStopped_AndNothingIsDeleted()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, session) = await RunnerAsync(server, waiting: TimeProvider.System);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        var search = await FindAsync(runner, session, new() { User = "42" });
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, []).Text);
        var begun = Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan));

        Assert.Null(await runner.Executor.CancelAsync(session, begun.Run, Cancel));
        var run = await runner.OverAsync();

        Assert.Equal((AuditResult.Cancelled, "guest stopped it before any token was deleted."), (run.Result, run.Sentence));
        Assert.Empty(await runner.Steps.LatestAsync(runner.Instance.Id, DateTimeOffset.UnixEpoch, Cancel));
        Assert.Equal("1", (await server.CallAsync("DBSIZE")).ToString());
    }

    /// <summary>Whether the token is gone is not known: so its sockets are cut, and it is looked for.</summary>
    [Fact]
    public async Task AnswerToTheDeletionLost_WhatFollowsIsPlannedAllTheSame()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        var search = await FindPastedAsync(runner, session, Secret(1));
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text);
        var found = search.State.Rows[0];
        var silent = new FakeServerActor()
            .Answer("read 1 tokens", (PreconditionResult<TokenPage>)new TokenPage(ScanPage.Start, [found.Entry], 0))
            .Answer("delete 1", new Fault(FaultKind.Closed));
        var run = Run.Of(plan, "guest", TimeProvider.System.GetUtcNow());

        var outcome = await runner.Actions.Find(RevokeTokens.ActionId)
            .ExecuteAsync(plan, silent, new RecordingProgress { Run = run }, Cancel);

        Assert.Equal(AuditResult.Unknown, outcome.Result);
        var steps = await runner.Steps.LatestAsync(runner.Instance.Id, DateTimeOffset.UnixEpoch, Cancel);
        Assert.Equal(5, steps.Count);
        Assert.All(steps, step => Assert.True(step.DueAt < TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(61)));
        Assert.Equal([found.Digest!.Hex], (await runner.Revoked.OfRunAsync(run.Id, Cancel)).Select(one => one.Digest));
    }

    /// <summary>Its console ended in the middle: another does what is due, later.</summary>
    [Fact]
    public async Task ConsoleThatEnds_LeavesItsStepsToAnother()
    {
        await using var server = await TestServer.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), new RunnerOptions { Keeping = time });
        var plan = new ActionPlan(Guid.NewGuid(), RevokeTokens.ActionId, runner.Instance, "run", time.GetUtcNow());

        await runner.Steps.AddAsync(Run.Of(plan, "guest", time.GetUtcNow()), "42", true, Cancel);

        Assert.Empty(await runner.Steps.ClaimDueAsync(Cancel));
        time.Advance(RevocationSteps.Handover + TimeSpan.FromSeconds(61));
        Assert.Equal(5, (await runner.Steps.ClaimDueAsync(Cancel)).Count);
        Assert.Empty(await runner.Steps.ClaimDueAsync(Cancel));
    }

    /// <summary>A full disk refuses every change: what is found stays visible, and the page says what to do.</summary>
    [Fact]
    public async Task FullDisk_TokensAreFound_AndRevokingSaysWhyNot()
    {
        await using var server = await TestServer.OnSmallDiskAsync();
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        await SmallDisk.FillAsync(server);

        var search = await FindAsync(runner, session, new() { User = "42" });

        Assert.Equal((1, null), (search.State.Found, search.State.Abort));
        var refusal = await runner.RefusedAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text);
        Assert.StartsWith("test cannot write its append-only file", refusal.Sentence, StringComparison.Ordinal);
        Assert.Equal("1", (await server.CallAsync("EXISTS", "token:" + Secret(1))).ToString());
    }

    [Fact]
    public async Task Viewer_FindsNothing_AndOperatorsNeither()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, _) = await RunnerAsync(server);
        await using var closed = runner;
        var viewer = await runner.SignInAsync("other", OperatorRole.Operator);

        var (search, refusal) = await runner.Finder.BeginAsync(viewer, runner.Instance.Id, new() { User = "42" }, Cancel);

        Assert.Null(search);
        Assert.Contains("list access tokens", refusal!.Sentence, StringComparison.Ordinal);
        Assert.Null(runner.Tokens.Find(viewer, Guid.NewGuid()));
    }

    [Fact]
    public async Task Look_FindsWhatCameBack_AndWhatWasIssuedSince()
    {
        await using var server = await TestServer.StartAsync();
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        var search = await FindPastedAsync(runner, session, Secret(1));
        await runner.BeginAsync(
            session, await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text), phrase: "");
        var run = await runner.OverAsync();
        var steps = await runner.Steps.LatestAsync(runner.Instance.Id, DateTimeOffset.UnixEpoch, Cancel);
        Assert.Equal(
            Enum.GetValues<RevocationStepKind>().Except([RevocationStepKind.SeenAgain]).Order(), steps.Select(step => step.Kind).Order());
        steps = [.. steps.Where(step => !step.IsOfSockets)];
        Assert.Equal(("ok", "After 5 s: none came back."), await runner.Look.LookAsync(steps[0], Cancel));

        // The application finds the token in its own database and writes it again; and the user signs in again.
        await SetAsync(server, "token:" + Secret(1), "42", 86_400);
        await SetAsync(server, "token:" + Secret(2), "42", 86_400);
        await runner.PollAsync();
        var (level, sentence) = await runner.Look.LookAsync(steps[1], Cancel);

        Assert.Equal("warn", level);
        Assert.Contains("1 came back", sentence, StringComparison.Ordinal);
        Assert.Contains("User 42 got 2 tokens since", sentence, StringComparison.Ordinal);

        // After a restart of the console only the digests are known.
        Assert.True(await runner.Steps.EndAsync(steps[0], "ok", "done", null, Cancel));
        Assert.False(await runner.Steps.EndAsync(steps[0], "ok", "done", null, Cancel));
        var again = await FindPastedAsync(runner, session, Secret(1));
        Assert.Contains(again.State.Rows[0].Digest!.Hex, again.State.RevokedBefore);
        Assert.Equal(run.Id, steps[0].Run);
    }

    /// <summary>Said once for each run, however often it is found; a token that was read before its revocation is not back.</summary>
    [Fact]
    public async Task RevokedToken_FoundAgain_IsSaidAndRecorded_Once()
    {
        await using var server = await TestServer.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), new RunnerOptions { Keeping = time });
        await runner.PollAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Owner);
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        var search = await FindPastedAsync(runner, session, Secret(1));
        var begun = time.GetUtcNow();
        await runner.BeginAsync(
            session, await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text), phrase: "");
        var run = await runner.OverAsync();
        var digest = search.State.Rows[0].Digest!.Hex;
        Assert.Empty(await runner.Revoked.AmongAsync(InstanceId.Of("another"), [digest], begun.AddDays(1), Cancel));
        Assert.Empty(await runner.Revoked.AmongAsync(runner.Instance.Id, [digest], begun, Cancel));
        time.Advance(TimeSpan.FromHours(3));

        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        Assert.Contains(digest, (await FindAsync(runner, session, new() { User = "42" })).State.RevokedBefore);
        Assert.Contains(digest, (await FindPastedAsync(runner, session, Secret(1))).State.RevokedBefore);

        var seen = Assert.Single(
            await runner.Steps.LatestAsync(runner.Instance.Id, time.GetUtcNow(), Cancel),
            step => step.Kind == RevocationStepKind.SeenAgain);
        Assert.Equal((run.Id, "42", "warn"), (seen.Run, seen.User, seen.Level));
        Assert.StartsWith("After 3 h: a search found 1 token again. The application wrote it", seen.Sentence, StringComparison.Ordinal);
        Assert.Equal(
            [("console", "user 42", seen.Sentence)],
            (await runner.Console.RowsAsync()).Where(row => row.Action == "tokens.look")
                .Select(row => (row.Actor, row.Subject, row.Detail)));
    }

    /// <summary>A restart within the minute may bring back what was not on disk, and takes longer than the look waits.</summary>
    [Fact]
    public async Task LastLook_IsDoneAgain_UntilTheServerAnswers_AfterARestart()
    {
        await using var server = await TestServer.StartAsync("save ''");
        var (runner, session) = await RunnerAsync(server);
        await using var closed = runner;
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        await server.CallAsync("SAVE");
        var search = await FindPastedAsync(runner, session, Secret(1));
        await runner.BeginAsync(
            session, await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text), phrase: "");
        await runner.OverAsync();
        var last = (await runner.Steps.LatestAsync(runner.Instance.Id, DateTimeOffset.UnixEpoch, Cancel))
            .Single(step => step.Kind == RevocationStepKind.LookLater);

        await server.KillAsync();
        Assert.Equal(RevocationLook.Unanswered, (await runner.Look.LookAsync(last, Cancel)).Level);
        await server.RestartAsync();
        // The console has not polled it yet: the step is for another server process.
        Assert.Equal(RevocationLook.Unanswered, (await runner.Look.LookAsync(last, Cancel)).Level);
        await runner.PollAsync();

        var (level, sentence) = await runner.Look.LookAsync(last, Cancel);
        Assert.Equal("warn", level);
        Assert.StartsWith("After 60 s: 1 came back.", sentence, StringComparison.Ordinal);
        Assert.Equal("warn", RevocationLook.LevelAt(level, last, last.DueAt));
        // It is done again for ten minutes, and then shown for as long as other results.
        var late = last.DueAt + RevocationLook.MaxPostponement;
        Assert.Null(RevocationLook.LevelAt(RevocationLook.Unanswered, last, late.AddSeconds(-1)));
        Assert.Equal("unknown", RevocationLook.LevelAt(RevocationLook.Unanswered, last, late));
        Assert.True(await runner.Steps.EndAsync(last, "unknown", "not known", null, Cancel));
        Assert.NotEmpty(await runner.Steps.LatestAsync(runner.Instance.Id, TimeProvider.System.GetUtcNow().AddSeconds(-30), Cancel));
    }

    [Fact]
    public async Task PostponedStep_IsClaimedAgainLater()
    {
        await using var server = await TestServer.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), new RunnerOptions { Keeping = time });
        var plan = new ActionPlan(Guid.NewGuid(), RevokeTokens.ActionId, runner.Instance, "run", time.GetUtcNow());
        await runner.Steps.AddAsync(Run.Of(plan, "guest", time.GetUtcNow()), null, false, Cancel);
        time.Advance(RevocationSteps.Handover + TimeSpan.FromSeconds(61));
        var claimed = await runner.Steps.ClaimDueAsync(Cancel);

        Assert.True(await runner.Steps.PostponeAsync(claimed[0], TimeSpan.FromSeconds(2), Cancel));

        Assert.Empty(await runner.Steps.ClaimDueAsync(Cancel));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal([claimed[0].Kind], (await runner.Steps.ClaimDueAsync(Cancel)).Select(step => step.Kind));
    }

    [Fact]
    public async Task Digests_AreRemovedAfterThirtyDays()
    {
        await using var server = await TestServer.StartAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var runner = new OpenRunner(server, server.Instance(Purpose.Session), new RunnerOptions { Keeping = time });
        var run = Guid.NewGuid();
        await runner.Revoked.AddAsync(run, [("access", "aa")], Cancel);

        Assert.False(await runner.Revoked.PruneAsync(Cancel));
        Assert.Single(await runner.Revoked.OfRunAsync(run, Cancel));
        time.Advance(RevokedTokens.MaxAge + TimeSpan.FromSeconds(1));
        Assert.False(await runner.Revoked.PruneAsync(Cancel));

        Assert.Empty(await runner.Revoked.OfRunAsync(run, Cancel));
    }

    [Fact]
    public async Task ReasonIsRequired_AlsoWhereAClickConfirms()
    {
        await using var server = await TestServer.StartAsync();
        var instance = server.Instance(Purpose.Session) with { Confirmation = ConfirmationPolicy.Click };
        await using var runner = new OpenRunner(server, instance, new RunnerOptions());
        await runner.PollAsync();
        var session = await runner.SignInAsync("guest", OperatorRole.Owner);
        await SetAsync(server, "token:" + Secret(1), "42", 3600);
        var search = await FindPastedAsync(runner, session, Secret(1));
        var plan = await runner.PlanAsync(session, RevokeTokens.ActionId, new TokenScope(search.Id, [0]).Text);

        var refused = Assert.IsType<RunResult.Refused>(await runner.BeginAsync(session, plan, phrase: "", reason: " "));

        Assert.StartsWith("Give the reason", refused.Why.Sentence, StringComparison.Ordinal);
        Assert.IsType<RunResult.Begun>(await runner.BeginAsync(session, plan, phrase: "", reason: "stolen laptop"));
        Assert.Equal(AuditResult.Done, (await runner.OverAsync()).Result);
    }

    private static async Task<(OpenRunner Runner, string Session)> RunnerAsync(
        TestServer server, TokenSettings? settings = null, TimeProvider? waiting = null)
    {
        var options = new RunnerOptions { Tokens = settings ?? TokenSettings.Default };
        var runner = new OpenRunner(
            server, server.Instance(Purpose.Session), waiting is null ? options : options with { Waiting = waiting });
        await runner.PollAsync();
        return (runner, await runner.SignInAsync("guest", OperatorRole.Owner));
    }

    private static async Task<TokenSearch> FindAsync(OpenRunner runner, string session, TokenFilter filter)
    {
        await runner.PollAsync();
        var (search, refusal) = await runner.Finder.BeginAsync(session, runner.Instance.Id, filter, Cancel);
        Assert.Null(refusal);
        await Eventually.Async(() => Task.FromResult(search!.State.IsOver));
        return search!;
    }

    private static async Task<TokenSearch> FindPastedAsync(OpenRunner runner, string session, string pasted)
    {
        await runner.PollAsync();
        var search = runner.Tokens.Find(session, await runner.Finder.BeginOfPastedAsync(session, runner.Instance.Id, pasted, Cancel));
        Assert.Null(search?.State.Abort);
        await Eventually.Async(() => Task.FromResult(search!.State.IsOver));
        return search!;
    }

    private static Task<RedisResult> SetAsync(TestServer server, string key, string value, int seconds) =>
        server.CallAsync("SET", key, value, "EX", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A token as applications make them: 43 characters, another for each number.</summary>
    private static string Secret(int number) => $"{number:0000}-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ";
}
