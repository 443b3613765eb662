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

        await SaysAsync(board, "absent", "down", "absent refuses connections", "Pages still work but come from the database");
        await SaysAsync(board, "absent", "no facts yet");
        await odd.Absent.RestartAsync();

        await SaysAsync(board, "absent", "healthy");
    }

    [Fact]
    public async Task Loading_ShowsItsProgress_AndEnds()
    {
        await using var board = await odd.OpenAsync();
        await SaysAsync(board, "loading", "up ");

        await SlowLoading.RestartAsync(odd.Loading);
        await SaysAsync(board, "loading", "loading is loading its dataset: ", " % read");

        await SlowLoading.FinishAsync(odd.Loading);
        await Assertions.Expect(board.Main).Not.ToContainTextAsync("loading its dataset");
        await SaysAsync(board, "loading", "healthy");
    }

    [Fact]
    public async Task WrongPassword_IsRejected_AndShownNowhere()
    {
        await using var board = await odd.OpenAsync();

        await SaysAsync(board, "locked", "password rejected", "The console cannot see this server; users may be unaffected.");
        await Assertions.Expect(board.Main).ToContainTextAsync("Write the correct password into the file");
        Assert.DoesNotContain("wrong-secret", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-secret", odd.Console.Output, StringComparison.Ordinal);

        await File.WriteAllTextAsync(odd.LockedPasswordFile, "right-secret", TestContext.Current.CancellationToken);
        await SaysAsync(board, "locked", "healthy");
    }

    [Fact]
    public async Task TwoPurposesOnOneServer_AreShownUntilTheyAreSeparated()
    {
        await using var board = await odd.OpenAsync();
        await SaysAsync(board, "second", "first and second are one server");
        await Assertions.Expect(board.Main.Locator("details li")).ToHaveCountAsync(5);
        await board.GoAsync("/");
        await Assertions.Expect(board.Main).ToContainTextAsync("first and second are one server");

        odd.SecondProxy.Target = odd.Second.Port;
        odd.SecondProxy.Cut();
        await SaysAsync(board, "second", "healthy");
    }

    [Fact]
    public async Task ManagedServer_IsUnverifiedAndNotBroken()
    {
        await using var board = await odd.OpenAsync();

        await SaysAsync(board, "managed", "healthy", "not verified");
    }

    [Fact]
    public async Task RequirepassOnly_CanDoEverything_AndWhatLimitsTheConsoleIsNamed()
    {
        await using var board = await odd.OpenAsync("/privileges");
        ILocator Details(string name) => board.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

        await Assertions.Expect(board.Page.Locator("tbody tr").Filter(new() { HasText = "can do everything" }).First).ToBeVisibleAsync();
        await Assertions.Expect(Details("open: Watching"))
            .ToContainTextAsync("its watching connection can send ACL, CONFIG, ECHO and INFO, and nothing else");
        await Assertions.Expect(Details("open: Acting")).ToContainTextAsync("ACL SETUSER dash-act on #<sha256 of its password> resetkeys");
        Assert.DoesNotContain("page-secret", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("page-secret", odd.Console.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FullDisk_IsAofFailing_AndRecoversWithTheDisk()
    {
        await using var board = await odd.OpenAsync();
        await SaysAsync(board, "disk", "healthy");

        await SmallDisk.FillAsync(odd.Disk);

        await SaysAsync(
            board, "disk", "AOF failing", "disk cannot write its append-only file, so it refuses writes. New sign-ins fail; existing "
            + "sessions can still be read. Deleting fails too, so no token can be revoked.");
        await SaysAsync(board, "managed", "healthy");
        SmallDisk.Free(odd.Disk);
        await SaysAsync(board, "disk");
        await Assertions.Expect(board.Main).Not.ToContainTextAsync("AOF failing");
        await SaysAsync(
            board, "disk", "could not save", "disk refused writes with MISCONF in the last minute, none for 10 s: it can save again.");
    }

    [Fact]
    public async Task FullMemory_IsOutOfMemory_AndSaysWhatStillWorks()
    {
        await using var board = await odd.OpenAsync();
        await SaysAsync(board, "memory", "Live updates can be sent.");

        await odd.Memory.CallAsync("CONFIG", "SET", "maxmemory", "1mb");
        await Assert.ThrowsAnyAsync<RedisException>(() => odd.Memory.CallAsync("SET", "key", new string('x', 1000)));

        await SaysAsync(
            board, "memory", "out of memory", "memory refused 1 write with OOM in the last minute. "
            + "Broadcasts still reach everyone; only keys cannot be written.");
        await SaysAsync(board, "managed", "healthy");
    }

    /// <summary>
    /// Waits until the page of an instance shows all of these words: of so many, the overview has the worst as cards only.
    /// </summary>
    private static async Task SaysAsync(BoardPage board, string instance, params string[] words)
    {
        if (!board.Page.Url.EndsWith("/instances/" + instance, StringComparison.Ordinal))
        {
            await board.GoAsync("/instances/" + instance);
        }

        foreach (var word in words)
        {
            await Assertions.Expect(board.Main).ToContainTextAsync(word);
        }
    }
}
