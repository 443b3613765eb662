using System.Text.RegularExpressions;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>
/// Each fault is made on a real server while a person watches the overview. The tests check what the card, the headline and the tab say,
/// that the others are polled as before, and that all is well again once the fault is fixed.
/// </summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class FaultJourneyTests(WatchedTrio watched) : IAsyncDisposable
{
    private TestServer Cable => watched.Servers.Cable;

    private TestServer Session => watched.Servers.Session;

    /// <summary>Restores the servers for the next test, also where this one failed in the middle.</summary>
    public async ValueTask DisposeAsync() => await watched.Servers.RestoreAsync();

    private PollRegularity PollRegularity => new(watched.Console);

    [Fact]
    public async Task Killed_IsDown_OthersContinue_AndItComesBackEmpty()
    {
        await using var board = await HealthyAsync();
        var pollRegularity = PollRegularity;
        await Session.CallAsync("SET", "token:1", "{}");
        await Assertions.Expect(board.Card("session").Locator(".hero b")).ToHaveTextAsync("1");

        await Session.KillAsync();

        await board.CardSaysAsync(
            "session", "down", $"session refuses connections: nothing listens on {Session.Endpoint}.", "Sign-ins fail", "facts of ");
        await board.HeadlineSaysAsync("session needs you now: down.");
        await board.TabSaysAsync("session down · Overview", "bad");
        await board.CardSaysAsync("cache", "healthy");
        await board.CardSaysAsync("cable", "healthy");
        await pollRegularity.HeldAsync("cache", "cable");

        // Its disk was lost with it.
        await Session.RestartAsync();
        await board.AllAreWellAsync();
        await Assertions.Expect(board.Card("session").Locator(".hero b")).ToHaveTextAsync("0");
        await board.TabSaysAsync("Overview", "ok");
    }

    [Fact]
    public async Task HungForHalfAMinute_IsReported_KeepsItsLastFacts_AndOthersContinue()
    {
        await using var board = await HealthyAsync();
        var pollRegularity = PollRegularity;

        Cable.Stop();
        try
        {
            await board.CardSaysAsync(
                "cable", "hung", "cable accepts connections but does not answer.", "Live updates have stopped", "facts of ", "16.0");
            await board.HeadlineSaysAsync("cable needs you now: hung.");
            await board.TabSaysAsync("cable hung · Overview", "bad");
            // Half a minute and more: a busy page does not show each second.
            await Assertions.Expect(board.Card("cable")).ToContainTextAsync(new Regex(" UTC, ([3-9][0-9] s|[0-9]+ min) ago"));
            await pollRegularity.HeldWhileHungAsync("cable", "cache", "session");
        }
        finally
        {
            Cable.Continue();
        }

        await board.AllAreWellAsync();
    }

    [Fact]
    public async Task NoFreeSlot_IsDistinguishedFromDown()
    {
        await using var board = await HealthyAsync();
        // The test's own connection stays and takes the only slot.
        await Session.CallAsync("CONFIG", "SET", "maxclients", "1");
        await Session.CallAsync("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

        await board.CardSaysAsync(
            "session", "no free slot", "session has no free client slot (maxclients).", "Connected clients are still served");
        await board.TabSaysAsync("session no free slot · Overview", "bad");

        await Session.CallAsync("CONFIG", "SET", "maxclients", "10000");
        await board.AllAreWellAsync();
    }

    [Fact]
    public async Task PasswordRotated_WithoutTheFile_IsRejected_AndTheFileFixesIt()
    {
        await using var board = await HealthyAsync();

        await Trio.BreakWatchPasswordAsync(Cable, Canaries.Password("changed"));

        await board.CardSaysAsync("cable", "password rejected", "The console cannot see this server; users may be unaffected.");
        await board.TabSaysAsync("cable password rejected · Overview", "bad");
        Assert.DoesNotContain("-secret-", await board.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("-secret-", watched.Console.Output, StringComparison.Ordinal);

        await Trio.WriteWatchPasswordAsync(Cable, Canaries.Password("changed"));
        await board.AllAreWellAsync();
        await Trio.RestoreWatchPasswordAsync(Cable);
        await Trio.ClearRejectedSignInsAsync(Cable);
    }

    [Fact]
    public async Task BusyScript_IsNamed()
    {
        await using var board = await HealthyAsync();

        await using (await BusyScript.StartAsync(Session))
        {
            await board.CardSaysAsync("session", "busy in a script", "session serves no other client. "
                + "Another client's script is blocking the server.");
        }

        await board.AllAreWellAsync();
    }

    [Fact]
    public async Task WrongPolicy_IsShownUntilItIsFixed()
    {
        await using var board = await HealthyAsync();
        var cards = await CardsStartAsync(board);

        await Cable.CallAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");

        await board.HeadlineSaysAsync("cable needs you now: wrong policy.");
        Assert.Equal(cards, await CardsStartAsync(board));
        await board.HeadlineSaysAsync("CONFIG SET maxmemory-policy noeviction");
        await board.CardSaysAsync("cable", "cable runs with maxmemory-policy allkeys-lru; its purpose needs noeviction.");
        await board.GoAsync("/instances/cable");
        await Assertions.Expect(board.Main).ToContainTextAsync("To fix it: CONFIG SET maxmemory-policy noeviction");
        await board.GoAsync("/");

        await Cable.CallAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await board.AllAreWellAsync();
        await Assertions.Expect(board.Headline).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task PersistenceOff_IsShownUntilItIsFixed()
    {
        await using var board = await HealthyAsync();

        await Session.CallAsync("CONFIG", "SET", "appendonly", "no");
        await board.CardSaysAsync("session", "session keeps no append-only file: a restart signs every user out.");
        await board.HeadlineSaysAsync("session needs you now: not persisted.");

        await Session.CallAsync("CONFIG", "SET", "appendonly", "yes");
        await board.AllAreWellAsync();
    }

    /// <summary>Where the cards begin on a desktop and on a phone, in pixels from the top.</summary>
    private static async Task<(float Desktop, float Phone)> CardsStartAsync(BoardPage board)
    {
        var cards = board.Page.Locator(".cards");
        await board.Page.SetViewportSizeAsync(390, 844);
        var phone = await TopOfAsync(cards);
        await board.Page.SetViewportSizeAsync(1440, 900);
        return (await TopOfAsync(cards), phone);
    }

    /// <summary>While the page becomes interactive, an element may be replaced and have no place for a moment.</summary>
    private static async Task<float> TopOfAsync(ILocator element)
    {
        LocatorBoundingBoxResult? box = null;
        await Eventually.Async(async () => (box = await element.BoundingBoxAsync()) is not null);
        return box!.Y;
    }

    private async Task<BoardPage> HealthyAsync()
    {
        var board = await watched.OpenAsync();
        await board.AllAreWellAsync();
        return board;
    }
}
