using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Scenarios.Flush;
using Dashboard.Servers;
using Dashboard.Valkey;
using StackExchange.Redis;

namespace Dashboard.Actions.Flush;

/// <summary>What an earlier flush left on a real server, and no store accounts for, is found, previewed and deleted.</summary>
[Trait("Needs", "Server")]
public sealed class ClearLeftoverTests
{
    private const string Action = "cache.clear-spare";

    private static readonly Guid Earlier = Guid.NewGuid();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KeysInTheSpareDatabase_AreDeleted_AndTheNextFlushHasAnUndo(bool token)
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 1_500, token ? $"{Earlier} restoring 1" : null);
        Assert.Null((await flush.PlanAsync()).PayloadAs<FlushPayload>().Spare);

        var plan = await flush.PlanAsync(Action);
        var cleared = await flush.ConfirmAsync(plan);

        Assert.Equal((1_500, token ? 1 : 0), (plan.Counts["keys"], plan.Counts["tokens"]));
        Assert.Equal(
            (AuditResult.Done, $"1\u202F500 keys of database 15 are deleted{(token ? "; the token is removed" : "")}."),
            (cleared.Result, cleared.Sentence));
        Assert.Equal(1_500, cleared.Counts["deleted"]);
        Assert.Null(await cache.Server.InfoAsync("db15"));
        Assert.Equal(["cache.clear-spare"], await flush.ActsAsync());
        await flush.ConfirmAsync(await flush.PlanAsync());
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal("All 250 keys are back.", (await flush.UndoAsync()).Sentence);
    }

    [Fact]
    public async Task TokenInTheDatabase_IsRemoved_AndItsKeysStay()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 0, 0, $"{Earlier} open 1");

        var cleared = await flush.ConfirmAsync(await flush.PlanAsync(Action));

        Assert.Equal(AuditResult.Done, cleared.Result);
        Assert.Equal("keys=250", (await cache.Server.InfoAsync("db0"))?.Split(',')[0]);
        Assert.Equal(15, (await flush.PlanAsync()).PayloadAs<FlushPayload>().Spare);
    }

    [Fact]
    public async Task NothingLeft_IsRefused()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();

        Assert.Equal("No flush left anything: database 15 is empty, and no token is in database 0.", await flush.RefusedAsync(Action));
    }

    [Fact]
    public async Task FlushOfThisConsole_IsNeverCleared_PlannedBeforeItOrAfter()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 0, 0, $"{Earlier} open 1");
        var early = await flush.PlanAsync(Action);
        await cache.Server.CallAsync("DEL", FlushToken.Key);
        await flush.ConfirmAsync(await flush.PlanAsync());

        Assert.Equal(
            "A flush of test is not over yet. Undo it, or free its memory; then look again.", await flush.RefusedAsync(Action));
        var late = await flush.ConfirmAsync(early);

        Assert.Equal(AuditResult.Failed, late.Result);
        Assert.Equal("All 250 keys are back.", (await flush.UndoAsync()).Sentence);
    }

    /// <summary>Another console, with a store of its own, flushes between the preview and the confirmation.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData("open")]
    public async Task FlushOfAnotherConsoleSinceThePreview_IsLeftAlone(string? state)
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await using var other = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 20, state is null ? null : $"{Earlier} {state} 1");
        var plan = await flush.PlanAsync(Action);
        await cache.Server.CallAsync("EVAL", "redis.call('SELECT', 15) redis.call('FLUSHDB')", "0");
        await other.ConfirmAsync(await other.PlanAsync());

        var cleared = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Failed, 0), (cleared.Result, cleared.Counts["deleted"]));
        Assert.StartsWith("What it acts on is in another state on the server now.", cleared.Sentence, StringComparison.Ordinal);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Equal("All 250 keys are back.", (await other.UndoAsync()).Sentence);
    }

    [Fact]
    public async Task MoreKeysThanConfirmed_ItStops()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 20, null);
        var plan = await flush.PlanAsync(Action);
        await LeaveAsync(cache, 15, 500, null);

        var cleared = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Cancelled, plan.Ceiling), (cleared.Result, cleared.Counts["deleted"]));
        Assert.Equal(500 - plan.Ceiling, (await cache.KeysAsync()).Spare);
    }

    [Fact]
    public async Task ClientOnTheSpareDatabase_IsRefused_BeforeAndAfterThePreview()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 20, null);
        var plan = await flush.PlanAsync(Action);
        await using var client = await ConnectionMultiplexer.ConnectAsync(cache.Server.Endpoint);
        await client.GetDatabase(15).KeyExistsAsync("left:1");

        Assert.Equal("A client uses database 15: the keys there may be its own.", await flush.RefusedAsync(Action));
        var cleared = await flush.ConfirmAsync(plan);

        Assert.Equal(
            (AuditResult.Failed, "A client uses database 15: the keys there may be its own. Nothing was deleted."),
            (cleared.Result, cleared.Sentence));
        Assert.Equal((250, 20), await cache.KeysAsync());
    }

    /// <summary>What a person put under the token's name, and keys that no cache has, are looked at by a person.</summary>
    [Fact]
    public async Task WhatNoFlushOfACacheLeaves_IsRefused()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 1, "something else");
        Assert.StartsWith(
            "The key dashboard:flush in database 15 holds what no console wrote", await flush.RefusedAsync(Action),
            StringComparison.Ordinal);

        await cache.Server.CallAsync(
            "EVAL", "redis.call('SELECT', 15) redis.call('DEL', 'dashboard:flush') redis.call('SADD', 'queues', 'default')", "0");

        Assert.Contains("as Sidekiq has", await flush.RefusedAsync(Action), StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysThatDoNotBelongInACache_AreLeft()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        await LeaveAsync(cache, 15, 20, null);
        var plan = await flush.PlanAsync(Action);
        await cache.Server.CallAsync("EVAL", "redis.call('SELECT', 15) redis.call('SET', 'token:Ab3dEf6hIj9kLm2nOp5qRs00', 'x')", "0");

        var cleared = await flush.ConfirmAsync(plan);

        Assert.Equal(
            "20 keys of database 15 are deleted. 1 more looks like an access token, a session or a key of Sidekiq, and was left.",
            cleared.Sentence);
        Assert.Equal((250, 1), await cache.KeysAsync());
    }

    private static async Task LeaveAsync(FarCache cache, int database, int keys, string? token) => await cache.Server.CallAsync(
        "EVAL",
        "redis.call('SELECT', ARGV[1]) for i = 1, ARGV[2] do redis.call('SET', 'left:'..i, 'old') end "
            + "if ARGV[3] ~= '' then redis.call('SET', 'dashboard:flush', ARGV[3]) end", "0", database, keys, token ?? "");
}
