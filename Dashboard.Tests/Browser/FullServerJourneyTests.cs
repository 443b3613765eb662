using Dashboard.Servers;
using Microsoft.Playwright;
using StackExchange.Redis;

namespace Dashboard.Browser;

/// <summary>Servers that refuse writes. What happened in the last minute is still told when it is over, so no test here waits for all to be well.</summary>
[Trait("Needs", "Browser")]
public sealed class FullServerJourneyTests(WatchedTrio watched) : IClassFixture<WatchedTrio>
{
    private TestServer Cable => watched.Servers.Cable;

    private TestServer Session => watched.Servers.Session;

    [Fact]
    public async Task FullDisk_IsAofFailing_AndHealsWithTheDisk()
    {
        await using var board = await watched.OpenAsync();
        await board.CardSaysAsync("session", "healthy");

        await SmallDisk.FillAsync(Session);

        await board.CardSaysAsync("session", "AOF failing", "session cannot write its append-only file, so it refuses writes. New sign-ins fail; existing sessions still read. Deleting fails too, so no token can be revoked.");
        await board.HeadlineSaysAsync("Free space on the server's disk");
        await board.CardSaysAsync("cache", "healthy");

        SmallDisk.Free(Session);
        await Assertions.Expect(board.Card("session")).Not.ToContainTextAsync("AOF failing");
        await board.CardSaysAsync("session", "could not save", "session refused writes with MISCONF in the last minute, none for 10 s: it can save again.");
    }

    [Fact]
    public async Task FullMemory_IsOutOfMemory_AndSaysWhatStillWorks()
    {
        await using var board = await watched.OpenAsync();
        await board.CardSaysAsync("cable", "healthy");

        await Cable.CallAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAnyAsync<RedisException>(() => Cable.CallAsync("SET", "key", new string('x', 1000)));

        await board.CardSaysAsync("cable", "out of memory", "cable refused 1 write with OOM in the last minute. Broadcasts still reach everyone; only keys cannot be written.");
        await board.CardSaysAsync("cache", "healthy");
    }
}
