using Dashboard.Servers;
using Microsoft.Playwright;
using StackExchange.Redis;

namespace Dashboard.Browser;

/// <summary>What the board says about servers that are down, not ready, full, or not what they should be, until they are.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class OddServersJourneyTests(OddServers odd) : IClassFixture<OddServers>
{
    [Fact]
    public async Task DownAtStart_DoesNotStopTheConsole_AndIsFoundWhenItStarts()
    {
        await using var board = await odd.OpenAsync();

        await board.CardSaysAsync("absent", "down", "absent refuses connections", "Pages still work but come from the database");
        await board.CardSaysAsync("absent", "no facts yet", "–");
        await odd.Absent.RestartAsync();

        await board.CardSaysAsync("absent", "healthy");
    }

    [Fact]
    public async Task Loading_ShowsItsProgress_AndEnds()
    {
        await using var board = await odd.OpenAsync();
        await board.CardSaysAsync("loading", "up ");

        await SlowLoading.RestartAsync(odd.Loading);
        await board.CardSaysAsync("loading", "loading is loading its dataset: ", " % read");

        await SlowLoading.FinishAsync(odd.Loading);
        await Assertions.Expect(board.Card("loading")).Not.ToContainTextAsync("loading its dataset");
        await board.CardSaysAsync("loading", "healthy");
    }

    [Fact]
    public async Task WrongPassword_IsRejected_AndShownNowhere()
    {
        await using var board = await odd.OpenAsync();

        await board.CardSaysAsync("locked", "password rejected", "The console cannot see this server; users may be unaffected.");
        await board.GoAsync("/instances/locked");
        await Assertions.Expect(board.Main).ToContainTextAsync("Write the correct password into the file");
        Assert.DoesNotContain("wrong-secret", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", odd.Console.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(odd.LockedPasswordFile, "right-secret", TestContext.Current.CancellationToken);
        await board.GoAsync("/");
        await board.CardSaysAsync("locked", "healthy");
    }

    [Fact]
    public async Task TwoPurposesOnOneServer_AreShownUntilTheyAreSeparated()
    {
        await using var board = await odd.OpenAsync();
        var shared = board.Page.GetByRole(AriaRole.Region, new() { NameRegex = new("shared") });

        await Assertions.Expect(shared).ToContainTextAsync("first and second are one server");
        await Assertions.Expect(shared.Locator("li")).ToHaveCountAsync(5);

        odd.SecondProxy.Target = odd.Second.Port;
        odd.SecondProxy.Cut();
        await Assertions.Expect(shared).ToHaveCountAsync(0);
        await board.CardSaysAsync("second", "healthy");
    }

    [Fact]
    public async Task ManagedServer_IsUnverifiedAndNotBroken()
    {
        await using var board = await odd.OpenAsync();

        await board.CardSaysAsync("managed", "healthy", "save points not verified");
    }

    [Fact]
    public async Task RequirepassOnly_CanDoEverything_AndWhatLimitsTheConsoleIsNamed()
    {
        await using var board = await odd.OpenAsync("/privileges");
        ILocator Column(string name) => board.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

        await Assertions.Expect(Column("open: Watching")).ToContainTextAsync("can do everything");
        await Assertions.Expect(Column("open: Watching"))
            .ToContainTextAsync("its watching connection can send ACL, CONFIG, ECHO and INFO, and nothing else");
        await Assertions.Expect(Column("open: Acting")).ToContainTextAsync("ACL SETUSER dash-act on #<sha256 of its password> resetkeys");
        Assert.DoesNotContain("page-secret", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("page-secret", odd.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullDisk_IsAofFailing_AndRecoversWithTheDisk()
    {
        await using var board = await odd.OpenAsync();
        await board.CardSaysAsync("disk", "healthy");

        await SmallDisk.FillAsync(odd.Disk);

        await board.CardSaysAsync(
            "disk", "AOF failing", "disk cannot write its append-only file, so it refuses writes. New sign-ins fail; existing sessions can "
            + "still be read. Deleting fails too, so no token can be revoked.");
        await board.CardSaysAsync("managed", "healthy");
        SmallDisk.Free(odd.Disk);
        await Assertions.Expect(board.Card("disk")).Not.ToContainTextAsync("AOF failing");
        await board.CardSaysAsync(
            "disk", "could not save", "disk refused writes with MISCONF in the last minute, none for 10 s: it can save again.");
    }

    [Fact]
    public async Task FullMemory_IsOutOfMemory_AndSaysWhatStillWorks()
    {
        await using var board = await odd.OpenAsync();
        await board.CardSaysAsync("memory", "Live updates can be sent.");

        await odd.Memory.CallAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAnyAsync<RedisException>(() => odd.Memory.CallAsync("SET", "key", new string('x', 1000)));

        await board.CardSaysAsync(
            "memory", "out of memory", "memory refused 1 write with OOM in the last minute. "
            + "Broadcasts still reach everyone; only keys cannot be written.");
        await board.CardSaysAsync("managed", "healthy");
    }
}
