using Dashboard.Audit.Events;
using Dashboard.Instances.Purposes;
using Dashboard.Scenarios.Flush;
using Dashboard.Servers;
using StackExchange.Redis;

namespace Dashboard.Actions.Flush;

/// <summary>On real servers, as a person would: preview, confirm, undo or not.</summary>
[Trait("Needs", "Server")]
public sealed class FlushCacheTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<TestServer> CacheAsync(params string[] lines) =>
        TestServer.StartAsync(["maxmemory 100mb", "maxmemory-policy allkeys-lru", .. lines]);

    [Fact]
    public async Task Flushed_AndUndone_EveryKeyIsBack()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 3_000, "views/page");
        var before = await DigestAsync(server);
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync();
        var flushed = await flush.ConfirmAsync(plan);

        Assert.Equal((3_000, 15), (plan.Counts["keys"], plan.PayloadAs<FlushPayload>().Spare));
        Assert.Equal("What another client writes into database 15 within 2 s of the flush counts as the flush's.", plan.Effects[^1]);
        Assert.Empty(plan.Cautions);
        Assert.Equal((AuditResult.Done, 3_000), (flushed.Result, flushed.Counts["swapped"]));
        Assert.StartsWith(
            "3\u202F000 keys are moved to the spare database; database 0 is empty. Undo brings them back until ", flushed.Sentence,
            StringComparison.Ordinal);
        Assert.Equal((0, 3_000), (await KeysAsync(server, 0), await KeysAsync(server, 15)));

        var undone = await flush.UndoAsync();

        Assert.Equal((AuditResult.Done, "All 3\u202F000 keys are back."), (undone.Result, undone.Sentence));
        Assert.Equal((before, 0), (await DigestAsync(server), await KeysAsync(server, 15)));
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        Assert.Equal(["cache.flush", "cache.flush.undo"], await flush.ActsAsync());
    }

    /// <summary>What is typed while there is an Undo does not confirm a flush for good.</summary>
    [Fact]
    public async Task UndoThatCameOrWent_IsReadOnceMore_CountsAreNot()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 10, "views/page");
        await using var flush = await OpenFlush.OverAsync(server);
        var (action, soft) = (flush.Runner.Actions.Find("cache.flush"), await flush.PlanAsync());
        var forGood = soft with { Payload = soft.PayloadAs<FlushPayload>() with { Spare = null } };

        Assert.Equal("There is no Undo any more.", action.ChangeBetween(soft, forGood));
        Assert.Equal("There is an Undo now.", action.ChangeBetween(forGood, soft));
        var moved = soft with { Counts = new Dictionary<string, long>(), Payload = new FlushPayload("allkeys-lru", 14) };
        Assert.Null(action.ChangeBetween(soft, moved));
        Assert.Null(action.ChangeBetween(forGood, forGood));
    }

    [Fact]
    public async Task NewerValues_Stay()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 500, "views/page");
        await using var flush = await OpenFlush.OverAsync(server);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await server.CallAsync("EVAL", "for i = 1, 40 do redis.call('SET', 'views/page:'..i, 'newer') end", "0");

        var undone = await flush.UndoAsync();

        Assert.Equal(
            (500, 460, 40, 0),
            (undone.Counts["swapped"], undone.Counts["restored"], undone.Counts["newer_kept"], undone.Counts["evicted"]));
        Assert.Equal("460 keys of 500 are back. 40 had been written again since and stayed as they are.", undone.Sentence);
        Assert.Equal(
            ("newer", "views/page:41"),
            ((string?)await server.CallAsync("GET", "views/page:40"), (string?)await server.CallAsync("GET", "views/page:41")));
    }

    /// <summary>Old and new compete for the memory there is: what was evicted is counted, and nothing else is missing.</summary>
    [Fact]
    public async Task FullCache_UndoBringsBackAPart_AndCountsIt()
    {
        await using var server = await CacheAsync("maxmemory 20mb");
        await WriteAsync(server, 30_000, "old", 1_000);
        var written = await SecondAsync(server);
        await using var flush = await OpenFlush.OverAsync(server);
        // The LRU clock counts seconds: the token has to be newer than the keys, as it is in a cache in use.
        await Eventually.Async(() => SecondAsync(server), now => now > written + 2);

        var plan = await flush.PlanAsync();
        Assert.Contains(plan.Cautions, caution => caution.StartsWith("The cache is full", StringComparison.Ordinal));
        Assert.Contains("Undo brings a part of them back", plan.Effects[0], StringComparison.Ordinal);
        var full = (await flush.ConfirmAsync(plan)).Counts["swapped"];
        await WriteAsync(server, 5_000, "new", 1_000);
        await server.CallAsync("CONFIG", "SET", "maxmemory", "100mb");
        var left = await KeysAsync(server, 15);
        Assert.InRange(left, 1, full - 500);
        var undone = await flush.UndoAsync();

        Assert.Equal((AuditResult.Done, full), (undone.Result, undone.Counts["swapped"]));
        var (evicted, restored) = (undone.Counts["evicted"], undone.Counts["restored"]);
        Assert.InRange(restored, 1, left);
        Assert.Equal((full, 0), (evicted + restored, undone.Counts["newer_kept"]));
        Assert.Contains($"{CountText.Text(evicted)} had been evicted", undone.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NobodyUndoes_ItIsGivenUp_AndNothingElseWithIt()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 400, "old");
        await using var flush = await OpenFlush.OverAsync(server);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await FillAsync(server, 30, "new");
        await flush.Runner.Sweep.SweepAsync(Cancel);
        Assert.Equal(400, await KeysAsync(server, 15));

        Assert.Null(await flush.Runner.Undo.GiveUpAsync(flush.Session, await flush.KeptAsync(), Cancel));
        await flush.Runner.Sweep.SweepAsync(Cancel);

        Assert.Equal((30, 0), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
        Assert.Empty(await flush.Runner.Flushes.OpenAsync(Cancel));
        Assert.Equal(["cache.flush", "cache.flush.give-up", "cache.flush.purge"], await flush.ActsAsync());
    }

    [Fact]
    public async Task FlushedTwice_TheSecondHasNoUndo_AndSaysSo_AndTheFirstKeepsIts()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 100, "first");
        await using var flush = await OpenFlush.OverAsync(server);
        await flush.ConfirmAsync(await flush.PlanAsync());
        await FillAsync(server, 50, "second");

        var plan = await flush.PlanAsync();
        await flush.ConfirmAsync(plan);

        Assert.Contains("There is no Undo: database 15 retains another flush", plan.Effects[0], StringComparison.Ordinal);
        Assert.Equal((0, 100), (await KeysAsync(server, 0), await KeysAsync(server, 15)));
        Assert.Equal("All 100 keys are back.", (await flush.UndoAsync()).Sentence);
    }

    [Theory]
    [InlineData("cache.flush", "")]
    [InlineData("cache.flush-prefix", "views/")]
    public async Task ServerWithoutScripts_IsRefusedBeforeTheDialog_WithTheLineToCopy(string action, string scope)
    {
        await using var server = await CacheAsync("rename-command EVAL \"\"");
        await server.CallAsync("SET", "views/page:1", "x");
        await using var flush = await OpenFlush.OverAsync(server);

        Assert.Equal(
            "This server runs no scripts, so nothing can be done safely. To flush this cache by hand, check its address and purpose, then "
                + "copy: valkey-cli -n 0 FLUSHDB ASYNC.", await flush.RefusedAsync(action, scope));
    }

    [Fact]
    public async Task ForeignKeys_AreRefused_WithoutTheirNames()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 300, "views/page");
        await using var flush = await OpenFlush.OverAsync(server);
        await server.CallAsync("SADD", "queues", "default");
        Assert.Contains(
            "as Sidekiq has: flushing would lose background jobs for good", await flush.RefusedAsync(), StringComparison.Ordinal);
        await server.CallAsync("DEL", "queues");
        await server.CallAsync("SET", "token:" + new string('a', 20) + "Z9Z9Z9Z9Z9Z9Z9Z9Z9Z9Z9Z", "x");

        var refused = await flush.RefusedAsync();

        Assert.StartsWith(
            "In a sample of 301 keys 1 looks like an access token (token:…): flushing would sign people and programs out.", refused,
            StringComparison.Ordinal);
        Assert.DoesNotContain("Z9Z9", refused, StringComparison.Ordinal);
        Assert.Equal(301, await KeysAsync(server, 0));
    }

    [Theory]
    [InlineData("session", "Never: it would sign everyone out at once.")]
    [InlineData("cable", "There is nothing to flush")]
    [InlineData("other", "Only an instance with the purpose cache is ever flushed.")]
    internal async Task OtherPurposes_AreNeverFlushed_AndTheAttemptIsWrittenDown(Purpose purpose, string why)
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 10, "any");
        await using var flush = await OpenFlush.OverAsync(server, purpose);

        foreach (var action in new[] { "cache.flush", "cache.flush-prefix", "cache.flush.undo" })
        {
            Assert.StartsWith(why, await flush.RefusedAsync(action, "any"), StringComparison.Ordinal);
        }

        Assert.Equal(10, await KeysAsync(server, 0));
        Assert.Equal(["cache.flush", "cache.flush-prefix", "cache.flush.undo"], await flush.ActsAsync(AuditResult.Refused));
    }

    [Fact]
    public async Task ServerWithOneDatabase_IsFlushedForGood_AndSaysSoBefore()
    {
        await using var server = await CacheAsync("databases 1");
        await FillAsync(server, 200, "any");
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync();
        var flushed = await flush.ConfirmAsync(plan);

        Assert.Null(plan.PayloadAs<FlushPayload>().Spare);
        Assert.EndsWith("for good. There is no Undo: the server has no database 15.", plan.Effects[0], StringComparison.Ordinal);
        Assert.Contains("This cannot be undone.", plan.Cautions);
        Assert.Equal((AuditResult.Done, 200, 0), (flushed.Result, flushed.Counts["flushed"], await KeysAsync(server, 0)));
    }

    [Fact]
    public async Task Prefix_TakesItsKeysAlone_AndNeverMoreThanItsCeiling()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 2_000, "views/page");
        await FillAsync(server, 500, "counts");
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync("cache.flush-prefix", "views/");
        Assert.InRange(plan.Ceiling, 2_000, 2_500);
        var removed = await flush.ConfirmAsync(plan);

        Assert.Equal((AuditResult.Done, 2_000, 500), (removed.Result, removed.Counts["removed"], await KeysAsync(server, 0)));
        Assert.Equal("2\u202F000 keys that begin with “views/” are gone.", removed.Sentence);

        var few = await flush.PlanAsync("cache.flush-prefix", "counts");
        await FillAsync(server, 20_000, "counts");
        var stopped = await flush.ConfirmAsync(few);
        Assert.Equal((AuditResult.Cancelled, few.Ceiling), (stopped.Result, stopped.Counts["removed"]));
        Assert.Equal(20_000 - few.Ceiling, await KeysAsync(server, 0));
    }

    /// <summary>As a pattern, what was typed would match all of them.</summary>
    [Fact]
    public async Task PrefixWithAPatternsSigns_TakesTheKeysThatBeginSo_AndNoOthers()
    {
        await using var server = await CacheAsync();
        await FillAsync(server, 500, "views/page");
        await FillAsync(server, 30, "v*?[a-z]");
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync("cache.flush-prefix", "v*?[");
        var removed = await flush.ConfirmAsync(plan);

        Assert.StartsWith("Removes the 30 keys of database 0 that begin with “v*?[”.", plan.Effects[0], StringComparison.Ordinal);
        Assert.Equal((AuditResult.Done, 30, 500), (removed.Result, removed.Counts["removed"], await KeysAsync(server, 0)));
    }

    private static Task<RedisResult> FillAsync(TestServer server, int count, string name) => server.CallAsync(
        "EVAL", $"for i = 1, {count} do redis.call('SET', '{name}:'..i, '{name}:'..i, 'EX', 5000) end", "0");

    /// <summary>One by one: a script is never evicted for in its middle.</summary>
    private static async Task WriteAsync(TestServer server, int count, string name, int size)
    {
        for (var written = 0; written < count; written += 250)
        {
            await server.CallAsync(
                "EVAL", $"for i = {written + 1}, {written + 250} do redis.call('SET', '{name}:'..i, string.rep('x', {size})) end", "0");
        }
    }

    /// <summary>Any key may be evicted, the token as well: then nothing could be brought back, so nothing is promised.</summary>
    [Fact]
    public async Task CacheThatEvictsAtRandom_AndFillsUp_HasNoUndo()
    {
        await using var server = await CacheAsync("maxmemory 20mb", "maxmemory-policy allkeys-random");
        await WriteAsync(server, 15_000, "old", 1_000);
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync();

        Assert.Null(plan.PayloadAs<FlushPayload>().Spare);
        Assert.Contains(
            "There is no Undo: under allkeys-random a cache that fills up may evict the key that marks the flush.", plan.Effects[0],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task CacheOfAnotherPolicy_SaysThatOtherClientsKeysAreNotTold()
    {
        await using var server = await CacheAsync("maxmemory-policy allkeys-lfu");
        await FillAsync(server, 10, "views/page");
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync();

        Assert.Equal(15, plan.PayloadAs<FlushPayload>().Spare);
        Assert.Contains(
            plan.Cautions,
            caution => caution.StartsWith(
                "Under allkeys-lfu the server does not say which keys another client uses in database 15", StringComparison.Ordinal));
    }

    /// <summary>The server's own clock, in seconds.</summary>
    private static async Task<long> SecondAsync(TestServer server) =>
        long.Parse(((string[])(await server.CallAsync("TIME"))!)[0], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<long> KeysAsync(TestServer server, int database) =>
        (long)await server.CallAsync(
            "EVAL", $"redis.call('SELECT', {database}) return redis.call('DBSIZE') - redis.call('EXISTS', 'dashboard:flush')", "0");

    private static async Task<string> DigestAsync(TestServer server) =>
        (string)(await server.CallAsync("EVAL", "local all = redis.call('KEYS', '*') table.sort(all) local sum = '' for _, key in "
            + "ipairs(all) do sum = redis.sha1hex(sum .. key .. redis.call('GET', key)) end return sum", "0"))!;
}
