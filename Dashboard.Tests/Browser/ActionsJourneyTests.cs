using Dapper;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>An operator reclaims expired keys; others watch, learn why they may not, or stop the run.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class ActionsJourneyTests(WatchedTrio watched) : IAsyncDisposable
{
    private const string Reclaim = "Reclaim expired keys";

    private TestServer Session => watched.Servers.Session;

    private TestServer Cable => watched.Servers.Cable;

    public async ValueTask DisposeAsync()
    {
        await Session.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        await Session.CallAsync("FLUSHALL");
        await Cable.CallAsync("FLUSHALL");
    }

    [Fact]
    public async Task Operator_SeesThePreview_BeginsTheRun_AndEveryPageShowsItsResult()
    {
        await FillAsync(expired: 2_000, live: 300);
        await using var operators = await watched.OpenAsync("/instances/session/actions");
        await using var other = await watched.OpenAsync("/instances/session/actions", Screens.Phone());
        await KeysAreKnownAsync(operators, "2 300");

        await PreviewAsync(operators);

        await Assertions.Expect(Dialog(operators)).ToContainTextAsync("Scans 2 300 keys of database 0");
        await Assertions.Expect(Dialog(operators)).ToContainTextAsync("no delete is sent");
        await operators.IsAccessibleAsync();
        await Button(Dialog(operators), Reclaim).ClickAsync();
        await Assertions.Expect(Runs(operators)).ToBeFocusedAsync();

        foreach (var board in (BoardPage[])[operators, other])
        {
            await Assertions.Expect(Runs(board)).ToContainTextAsync("About 2 000 expired keys were removed");
            await Assertions.Expect(Runs(board)).ToContainTextAsync("owner, ");
            await Assertions.Expect(Runs(board).Locator(".chip").First).ToHaveTextAsync("done");
        }

        await other.IsAccessibleAsync();
        await Assertions.Expect(Dialog(operators)).ToBeHiddenAsync();
        Assert.Equal("300", (await Session.CallAsync("DBSIZE")).ToString());
        Assert.True((await Button(Runs(other), "Copy as Markdown").BoundingBoxAsync())!.Height >= 44);
        await operators.GoAsync("/audit?action=keys.reclaim");
        await operators.LiveAsync();
        await operators.Main.GetByRole(AriaRole.Button, new() { Name = "Details: Reclaim expired keys" }).First.ClickAsync();
        await Assertions.Expect(operators.Main).ToContainTextAsync("reclaimed 2 000");
    }

    [Fact]
    public async Task WhileItRuns_ASecondOperatorLearnsWhoseItIs_AViewerLearnsWhyNot_AndAnOperatorStopsIt()
    {
        await FillForMinutesAsync();
        await using var owner = await watched.OpenAsync("/accounts");
        await using var viewer = await watched.InviteAsync(owner, "onlooker", "viewer on all instances");
        await using var keeper = await watched.InviteAsync(owner, "keeper", "operator on all instances");
        await owner.GoAsync("/instances/cable/actions");
        await KeysAreKnownAsync(owner, "60 000");
        await viewer.GoAsync("/instances/cable/actions");
        await Assertions.Expect(viewer.Main)
            .ToContainTextAsync("You may not reclaim expired keys on cable. This needs the role operator; an owner can grant it.");
        await Assertions.Expect(Offer(viewer)).ToBeDisabledAsync();
        await keeper.GoAsync("/instances/cable/actions");
        await PreviewAsync(keeper);
        await Assertions.Expect(Dialog(keeper)).ToContainTextAsync("Scans");

        await PreviewAsync(owner);
        await Button(Dialog(owner), Reclaim).ClickAsync();
        await Assertions.Expect(Runs(owner).GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Button(Dialog(keeper), Reclaim).ClickAsync();
        await Assertions.Expect(Dialog(keeper)).ToContainTextAsync("owner started keys.reclaim");
        await Button(Dialog(keeper), "Cancel").ClickAsync();
        await Button(Runs(keeper), "Stop").ClickAsync();

        foreach (var board in (BoardPage[])[owner, viewer, keeper])
        {
            await Assertions.Expect(Runs(board)).ToContainTextAsync("keeper stopped it.");
            await Assertions.Expect(Runs(board).Locator(".chip").First).ToHaveTextAsync("cancelled");
        }

        Assert.Equal("60000", (await Cable.CallAsync("DBSIZE")).ToString());
    }

    [Fact]
    public async Task ConsoleKilledHalfway_TheNextStartReportsHowFarItWas()
    {
        await FillForMinutesAsync();
        await using (var before = await watched.OpenAsync("/instances/cable/actions"))
        {
            await KeysAreKnownAsync(before, "60 000");
            await PreviewAsync(before);
            await Button(Dialog(before), Reclaim).ClickAsync();
            await Assertions.Expect(Dialog(before)).ToBeHiddenAsync();
        }

        // The tab is closed; the run continues all the same.
        var progress = Progress();
        await Eventually.Async(() => Task.FromResult(Progress() > progress));
        await watched.Console.KillAsync();
        ForgetLease();
        await watched.Console.StartAsync();
        await using var after = await watched.OpenAsync("/instances/cable/actions");

        await Assertions.Expect(Runs(after)).ToContainTextAsync("stopped before it reported the outcome. "
            + "Up to the last batch it had reported about ");
        await Assertions.Expect(Runs(after).Locator(".chip").First).ToHaveTextAsync("unknown");
        Assert.Equal("60000", (await Cable.CallAsync("DBSIZE")).ToString());
    }

    /// <summary>Ends the lease, as if the 15 s had passed in which a console may still work on the run.</summary>
    private void ForgetLease()
    {
        using var connection = watched.Records();
        Assert.Equal(1, connection.Execute("UPDATE runs SET lease = 0 WHERE ended_at IS NULL"));
    }

    /// <summary>How far the run is, as the file records it.</summary>
    private long Progress()
    {
        using var connection = watched.Records();
        return connection.ExecuteScalar<long?>("SELECT done FROM runs WHERE ended_at IS NULL") ?? 0;
    }

    /// <summary>
    /// Fills keys for a scan of two minutes, at the shared console's pace of ten keys in 20 ms: more than any test needs.
    /// </summary>
    private async Task FillForMinutesAsync() =>
        await Cable.CallAsync("EVAL", "for i = 1, 60000 do redis.call('SET', 'l:'..i, 'x', 'EX', 9000) end", "0");

    private static async Task PreviewAsync(BoardPage board)
    {
        await board.LiveAsync();
        await Offer(board).ClickAsync();
    }

    private static ILocator Offer(BoardPage board) =>
        board.Page.GetByRole(AriaRole.Button, new() { Name = $"Preview: {Reclaim}", Exact = true });

    private static ILocator Dialog(BoardPage board) => board.Page.GetByRole(AriaRole.Dialog, new() { Name = Reclaim });

    private static ILocator Runs(BoardPage board) => board.Page.GetByRole(AriaRole.Region, new() { Name = "Runs", Exact = true });

    private static ILocator Button(ILocator within, string name) => within.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    /// <summary>Waits until the poller has seen the new keys: plans are made from what it knows.</summary>
    private static Task KeysAreKnownAsync(BoardPage board, string keys) => Assertions.Expect(board.Main).ToContainTextAsync($"db0 {keys}");

    /// <summary>Fills live keys, and expired ones that the server keeps until a client accesses them.</summary>
    private async Task FillAsync(int expired, int live)
    {
        await Session.CallAsync("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        await Session.CallAsync("FLUSHDB");
        await Session.CallAsync(
            "EVAL",
            $"for i = 1, {expired} do redis.call('SET', 'e:'..i, 'x', 'PX', 1) end for i = 1, {live} do redis.call('SET', 'l:'..i, 'x', "
                + $"'EX', 9000) end", "0");
    }
}
