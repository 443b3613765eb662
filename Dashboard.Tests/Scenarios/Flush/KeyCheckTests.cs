using Dashboard.Access.Roles;
using Dashboard.Actions;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush;

/// <summary>All names are checked before a flush, or what it retains is checked before it is deleted.</summary>
[Trait("Needs", "Server"), Trait("Server", "Any")]
public sealed class KeyCheckTests
{
    private const string Token = "token:Ab3dEf6hIj9kLm2nOp5qRs00";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneTokenAmongManyKeys_IsFoundBeforeTheFlush()
    {
        await using var cache = await FarCache.StartAsync();
        await cache.Server.CallAsync("EVAL", "for i = 1, 40000 do redis.call('SET', 'views/'..i, 'x') end", "0");
        await using var flush = await cache.ConsoleAsync();
        Assert.Contains(
            (await flush.PlanAsync()).Effects,
            effect => effect.StartsWith("The names of all 40\u202F250 keys were checked at ", StringComparison.Ordinal));

        // Another database is another question, and so is the same one after a flush.
        await flush.ConfirmAsync(await flush.PlanAsync());
        await cache.FillAsync();
        await cache.Server.CallAsync("SET", Token, "x");

        Assert.Equal(
            "In a sample of 251 keys 1 looks like an access token (token:…): flushing would sign people and programs out. This server is "
                + "not only a cache. Let the program that writes them use the session instance, or flush by a prefix that only the cache "
                + "uses.",
            await flush.RefusedAsync());
        await cache.Server.CallAsync("EVAL", "for i = 1, 40000 do redis.call('SET', 'views/'..i, 'x') end", "0");
        Assert.Contains("1 looks like an access token (token:…)", await flush.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokenWrittenAfterThePreview_IsSeenByTheCheckThatTheFlushWaitsFor()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync();
        cache.BreakAlways(LuaScripts.FindForeign);
        var plan = await flush.PlanAsync();
        Assert.Contains(
            plan.Effects,
            effect => effect.StartsWith(
                    "0 % of the keys’ names were checked for tokens, sessions and keys of Sidekiq; then the check ended: ",
                    StringComparison.Ordinal)
                && effect.EndsWith(
                    "The flush waits for it up to 30 s; then what is kept for Undo is checked, and nothing of it is deleted before.",
                    StringComparison.Ordinal));
        cache.Network.OnRequest = null;
        await cache.Server.CallAsync("SET", Token, "x");
        flush.Runner.ForgetChecks();

        var flushed = await flush.ConfirmAsync(plan);

        Assert.Equal(AuditResult.Failed, flushed.Result);
        Assert.Matches(@"^Of (all 251 keys|the \d+ keys checked so far) 1 looks like an access token", flushed.Sentence);
        Assert.EndsWith("Nothing was flushed.", flushed.Sentence, StringComparison.Ordinal);
        Assert.Equal((251, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task NotAllChecked_WithUndo_WhatIsRetainedIsChecked_AndThenDeleted()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache);
        Assert.Null((await flush.KeptAsync()).ForeignKeys);

        cache.Time.Advance(RetainedFlush.Window);
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal((0, 250), await cache.KeysAsync());
        Assert.Null((await flush.KeptAsync()).ForeignKeys);

        cache.Network.OnRequest = null;
        await SweptAsync(cache, flush, async () => await flush.Runner.Flushes.OpenAsync(Cancel) is []);

        Assert.Equal((0, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task NotAllChecked_TokensAreRetained_UntilTheyAreBroughtBack()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache, Token, "shop:queue:low");
        cache.Network.OnRequest = null;
        await SweptAsync(cache, flush, async () => (await flush.KeptAsync()).ForeignKeys is not null);

        cache.Time.Advance(TimeSpan.FromHours(1));
        await flush.Runner.Sweep.SweepAsync(Cancel);
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 252), await cache.KeysAsync());
        Assert.Equal(
            "1 looks like an access token (token:…); 1 looks like a key of Sidekiq", (await flush.KeptAsync()).ForeignKeys);
        var row = Assert.Single(await flush.Runner.Console.RowsAsync(), row => row.Action == "cache.flush.purge");
        Assert.Equal("refused", row.Result);
        Assert.EndsWith("Nothing of it is deleted until a person decides; Undo brings it back.", row.Detail, StringComparison.Ordinal);
        Assert.Equal("All 252 keys are back.", (await flush.UndoAsync()).Sentence);
        Assert.Equal((252, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task TokensThatAreRetained_AreDeleted_WhenAPersonDecides()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache, Token);
        cache.Network.OnRequest = null;
        await SweptAsync(cache, flush, async () => (await flush.KeptAsync()).ForeignKeys is not null);

        Assert.Null(await flush.Runner.Undo.GiveUpAsync(flush.Session, await flush.KeptAsync(), Cancel));
        await SweptAsync(cache, flush, async () => await flush.Runner.Flushes.OpenAsync(Cancel) is []);

        Assert.Equal((0, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task CheckCompletedWhileAPersonDecides_TheyLookAgain()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache, Token);
        var seen = await flush.KeptAsync();
        cache.Network.OnRequest = null;
        await SweptAsync(cache, flush, async () => (await flush.KeptAsync()).ForeignKeys is not null);

        var refusal = await flush.Runner.Undo.GiveUpAsync(flush.Session, seen, Cancel);
        Assert.EndsWith("Look again.", refusal!.Sentence, StringComparison.Ordinal);
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 251), await cache.KeysAsync());
    }

    /// <summary>Who ends Undo before the check is complete has not seen what it finds.</summary>
    [Fact]
    public async Task UndoEndedBeforeTheCheck_TheCheckIsCompletedFirst()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache, Token);
        Assert.Null(await flush.Runner.Undo.GiveUpAsync(flush.Session, await flush.KeptAsync(), Cancel));
        cache.Network.OnRequest = null;
        await SweptAsync(cache, flush, async () => (await flush.KeptAsync()).ForeignKeys is not null);
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((0, 251), await cache.KeysAsync());
    }

    /// <summary>The check of the emptied database says nothing about the keys that came back.</summary>
    [Fact]
    public async Task AfterAnUndo_AllNamesAreCheckedAgain()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await UncheckedAsync(cache, Token);
        cache.Network.OnRequest = null;
        await cache.Server.CallAsync("EVAL", "for i = 1, 30000 do redis.call('SET', 'new:'..i, 'x') end", "0");
        Assert.Contains(
            (await flush.PlanAsync()).Effects,
            effect => effect.StartsWith("The names of all 30\u202F000 keys", StringComparison.Ordinal));

        await flush.UndoAsync();

        Assert.Contains("1 looks like an access token (token:…)", await flush.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NotAllChecked_WithoutUndo_OnlyAnOwnerFlushes_AndReadsHowMuchWasChecked()
    {
        await using var cache = await FarCache.StartAsync();
        await using var flush = await cache.ConsoleAsync(spare: false);
        cache.BreakAlways(LuaScripts.FindForeign);
        await flush.Runner.PollAsync();
        var admin = await flush.Runner.SignInAsync("flusher", OperatorRole.FlushAdmin);
        var refusal = await flush.Runner.RefusedAsync(admin, "cache.flush");
        var plan = await flush.PlanAsync();

        Assert.StartsWith(
            "0 % of the keys’ names were checked for tokens, sessions and keys of Sidekiq; then the check ended: ", refusal.Sentence,
            StringComparison.Ordinal);
        Assert.EndsWith(
            "Without Undo, tokens or sessions among the others would be lost. Wait until all are checked, or let an owner flush it.",
            refusal.Sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            "Tokens or sessions among the others would be lost. Only an owner may flush it now.", plan.Cautions[0],
            StringComparison.Ordinal);
        Assert.True(plan.NeedsOwner);
        Assert.Equal(
            "The keys’ names could not all be checked in time.",
            flush.Runner.Actions.Find("cache.flush").ChangeBetween(
                plan with { NeedsOwner = false }, plan));
        Assert.Equal(AuditResult.Done, (await flush.ConfirmAsync(plan)).Result);
        Assert.Equal((0, 0), await cache.KeysAsync());
    }

    [Fact]
    public async Task DeclaredPrefixes_DecideWhatIsFlushed()
    {
        await using var server = await TestServer.StartAsync("maxmemory 100mb", "maxmemory-policy allkeys-lru");
        await server.CallAsync("MSET", "carts:1", "x", "token:mine:Ab3dEf6hIj9kLm2nOp5qRs00", "x", "views/1", "x");
        var instance = server.Instance(Purpose.Cache);
        await using var plain = await OpenFlush.OverAsync(new OpenRunner(server, instance, new()));
        await using var declared = await OpenFlush.OverAsync(
            new OpenRunner(server, instance with { KeyPrefixes = new(["carts:"], ["token:mine:"]) }, new()));

        Assert.NotNull(await plain.PlanAsync());
        Assert.StartsWith(
            "In a sample of 3 keys 1 begins as ForeignKeyPrefixes says", await declared.RefusedAsync(), StringComparison.Ordinal);
        Assert.StartsWith(
            "ForeignKeyPrefixes of test", await declared.RefusedAsync("cache.flush-prefix", "car"), StringComparison.Ordinal);
        Assert.Equal("1 key that begins with “token:mine:” is gone.",
            (await declared.ConfirmAsync(await declared.PlanAsync("cache.flush-prefix", "token:mine:"))).Sentence);
        Assert.Equal(["carts:1", "views/1"], ((string[])(await server.CallAsync("KEYS", "*"))!).Order());
    }

    /// <summary>A flush with Undo while the names cannot be checked.</summary>
    private static async Task<OpenFlush> UncheckedAsync(FarCache cache, params string[] foreign)
    {
        var flush = await cache.ConsoleAsync();
        await flush.Runner.Sweep.SweepAsync(Cancel);
        cache.BreakAlways(LuaScripts.FindForeign);
        var plan = await flush.PlanAsync();
        foreach (var name in foreign)
        {
            await cache.Server.CallAsync("SET", name, "x");
        }

        Assert.Equal(AuditResult.Done, (await flush.ConfirmAsync(plan)).Result);
        Assert.Equal(RetentionState.Retained, (await flush.KeptAsync()).State);
        return flush;
    }

    private static Task SweptAsync(FarCache cache, OpenFlush flush, Func<Task<bool>> until) => Eventually.Async(async () =>
    {
        cache.Time.Advance(TimeSpan.FromSeconds(61));
        await flush.Runner.Sweep.SweepAsync(Cancel);
        return await until();
    });
}
