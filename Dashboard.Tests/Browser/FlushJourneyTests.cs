using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>A cache is flushed, undone and given up by people who may, and watched by people who may not.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed partial class FlushJourneyTests(WatchedTrio watched) : IAsyncDisposable
{
    private const string Usual = "6mb";
    private const string Roomy = "64mb";
    private const string NotYours = "You may not flush a cache on cache. This needs the role flush-admin; an owner can grant it.";


    private TestServer Cache => watched.Servers.Cache;

    private CacheKeys Keys => new(Cache);

    private string Phrase => $"cache {Cache.Endpoint}";

    /// <summary>Leaves an empty cache and no retained flush to the next test.</summary>
    public async ValueTask DisposeAsync()
    {
        await Cache.CallAsync("FLUSHALL");
        await Cache.CallAsync("CONFIG", "SET", "maxmemory", Usual);
        await using var connection = watched.Records();
        await connection.ExecuteAsync("UPDATE swaps SET ends_at = 0 WHERE state = 'kept'");
        await Eventually.Async(
            async () => await connection.ExecuteScalarAsync<long>("SELECT count(*) FROM swaps WHERE state <> 'over'") == 0);
    }

    [Fact]
    public async Task Flush_IsSeenOnEveryPage_AndUndoneFromAnother_WithEveryKeyBack()
    {
        await Keys.FillAsync("views/", 400);
        await using var desktop = await OpenAsync();
        await using var phone = await OpenAsync(Screens.Phone(scheme: ColorScheme.Dark));
        await KeysAreKnownAsync(desktop, "400");
        var (before, end) = (await Keys.DigestAsync(), await desktop.PanelEndAsync());
        await ForgetProofsAsync();

        await desktop.PreviewAsync(CacheScreen.Flush);
        await desktop.StepUp.GetByLabel("Password or code").FillAsync(ConsoleProcess.OwnerPassword);
        await Assertions.Expect(desktop.Board.Page.Locator(".action [role=alert]")).ToHaveCountAsync(0);
        await CacheScreen.Button(desktop.StepUp, "Confirm").ClickAsync();
        await Assertions.Expect(desktop.Dialog(CacheScreen.Flush)).ToContainTextAsync("with its 400 keys, for the empty database");
        await Assertions.Expect(desktop.Dialog(CacheScreen.Flush)).ToContainTextAsync("Undo brings every key back");
        await desktop.IsSoundAsync();
        await WrongWordsAreRefusedAsync(desktop);
        await desktop.BeginAsync(CacheScreen.Flush, Phrase, "deploy");

        await Assertions.Expect(desktop.Runs).ToBeFocusedAsync();
        foreach (var screen in (CacheScreen[])[desktop, phone])
        {
            await Assertions.Expect(screen.Kept).ToContainTextAsync("All 400 keys are kept.");
            await Assertions.Expect(screen.Kept).ToContainTextAsync(CountDown());
        }

        await KeepLongerAsync();
        await phone.IsSoundAsync(phone.Board.Page.Locator("section.actions"));

        Assert.Equal((0, 400, end), (await Keys.CountAsync(0), await Keys.CountAsideAsync(), await desktop.PanelEndAsync()));
        await phone.Undo.ClickAsync();
        foreach (var screen in (CacheScreen[])[desktop, phone])
        {
            await Assertions.Expect(screen.Runs).ToContainTextAsync("All 400 keys are back.");
            await Assertions.Expect(screen.Kept).ToBeHiddenAsync();
        }

        // The strip with the button is gone.
        await Assertions.Expect(phone.Runs).ToBeFocusedAsync();
        Assert.Equal((before, 0, end), (await Keys.DigestAsync(), await Keys.CountAsideAsync(), await desktop.PanelEndAsync()));
    }

    /// <summary>One old key is evicted for each new one; the page shows what the server has.</summary>
    [Fact]
    public async Task FullCache_UndoBringsBackAPart_AndCountsWhatBecameOfEachKey()
    {
        await Keys.WriteAsync("views/", 6_000);
        await using var desktop = await OpenAsync();
        await desktop.Board.NextPollAsync();
        await desktop.PreviewAsync(CacheScreen.Flush);
        await Assertions.Expect(desktop.Dialog(CacheScreen.Flush)).ToContainTextAsync("Undo brings a part of them back");
        await Assertions.Expect(desktop.Dialog(CacheScreen.Flush)).ToContainTextAsync("The cache is full");
        await desktop.BeginAsync(CacheScreen.Flush, Phrase, "deploy");
        await Assertions.Expect(desktop.Kept).ToBeVisibleAsync();
        await KeepLongerAsync();

        await Keys.WriteAsync("pages/", 750);
        await Keys.WriteAsync("views/", 500);
        await Cache.CallAsync("CONFIG", "SET", "maxmemory", Roomy);
        var (left, newer) = (await Keys.CountAsideAsync(), await Keys.CountAsync(0));
        await Assertions.Expect(desktop.Kept).ToContainTextAsync($"{Shown(left)} of");
        await Assertions.Expect(desktop.Kept).ToContainTextAsync("are left; the others were evicted or expired.");
        await desktop.Undo.ClickAsync();
        await Assertions.Expect(desktop.Runs).ToContainTextAsync("had been evicted");

        var counts = Counts().Match(await desktop.Runs.InnerTextAsync());
        var (swapped, evicted, restored, kept) = (Number(counts, 1), Number(counts, 2), Number(counts, 3), Number(counts, 4));
        Assert.Equal(
            (swapped - left, left, newer + restored, 0),
            (evicted, restored + kept, await Keys.CountAsync(0), await Keys.CountAsideAsync()));
        Assert.True(evicted > 0 && restored > 0 && kept > 0, counts.Value);
    }

    [Fact]
    public async Task PersonWhoMayNotFlush_SeesWhyNot_AndWhatIsKept_UntilItsMemoryIsFreed()
    {
        await Keys.FillAsync("views/", 120);
        await using var owner = await OpenAsync(path: null);
        await using var guest = new CacheScreen(await watched.InviteAsync(owner.Board, "visitor", "viewer on all instances"));
        await guest.Board.GoAsync("/instances/cache/actions");
        await owner.Board.GoAsync("/instances/cache/actions");
        await KeysAreKnownAsync(owner, "120");
        await owner.PreviewAsync(CacheScreen.Flush);
        await owner.BeginAsync(CacheScreen.Flush, Phrase, "deploy");
        await Assertions.Expect(owner.Kept).ToBeVisibleAsync();
        await KeepLongerAsync();

        await MayOnlyLookAsync(guest);
        await owner.Board.GoAsync("/accounts");
        var dialog = owner.Board.Page.Locator(".mud-dialog");
        await owner.Board.LiveAsync();
        await CacheScreen.Button(owner.Board.Main, "Roles of visitor").ClickAsync();
        await dialog.GetByLabel("operator on all instances").CheckAsync();
        await CacheScreen.Button(dialog, "Save the roles").ClickAsync();
        await Assertions.Expect(guest.Offer("Reclaim expired keys")).ToBeEnabledAsync();
        await MayOnlyLookAsync(guest);

        await owner.Board.GoAsync("/instances/cache/actions");
        await owner.Board.LiveAsync();
        await owner.GiveUp.ClickAsync();
        await owner.SureToGiveUp.ClickAsync();
        await Assertions.Expect(owner.Kept).ToBeHiddenAsync();
        await Assertions.Expect(guest.Kept).ToBeHiddenAsync();
        Assert.Equal((0, 0), (await Keys.CountAsync(0), await Keys.CountAsideAsync()));
    }

    [Fact]
    public async Task ByPrefix_RemovesOnlyItsKeys_AndNoOtherPurposeIsFlushed()
    {
        await Keys.FillAsync("views/", 300);
        await Keys.FillAsync("parts/", 200);
        await Keys.FillAsync("pages/", 100);
        await using var phone = await OpenAsync(Screens.Phone());
        await FlushByPrefixAsync(phone);
        await IsNeverFlushedAsync(
            phone, "session", "Never: it would sign everyone out at once. To cut off one person or one stolen token, revoke tokens.");
        await IsNeverFlushedAsync(
            phone, "cable",
            "There is nothing to flush: pub/sub messages are not kept, and channels are not keys. To shed load, restart the processes "
                + "that subscribe.");
    }

    private async Task<CacheScreen> OpenAsync(BrowserNewContextOptions? how = null, string? path = "/instances/cache/actions") =>
        new(await watched.OpenAsync(path, how));

    /// <summary>Each is refused with a sentence, and the other input stays.</summary>
    private async Task WrongWordsAreRefusedAsync(CacheScreen screen)
    {
        var dialog = screen.Dialog(CacheScreen.Flush);
        await screen.TypeAsync(CacheScreen.Flush, "cache", "deploy");
        await screen.Begin(CacheScreen.Flush).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync($"What you typed is not “{Phrase}”.");
        await Assertions.Expect(dialog.Locator("#action-phrase")).ToHaveValueAsync("cache");
        await Assertions.Expect(dialog.GetByLabel("Why, for the audit log")).ToHaveValueAsync("deploy");
        await screen.TypeAsync(CacheScreen.Flush, Phrase, " ");
        await screen.Begin(CacheScreen.Flush).ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Give the reason in a few words");
        await Assertions.Expect(dialog.Locator("#action-phrase")).ToHaveValueAsync(Phrase);
        Assert.Equal(400, await Keys.CountAsync(0));
    }

    /// <summary>Previews a prefix, previews it again when it was changed, and removes only its keys.</summary>
    private async Task FlushByPrefixAsync(CacheScreen phone)
    {
        await KeysAreKnownAsync(phone, "600");
        var dialog = phone.Dialog(CacheScreen.ByPrefix);
        await phone.PreviewAsync(CacheScreen.ByPrefix);
        await Assertions.Expect(dialog.GetByLabel("Keys that begin with")).ToBeFocusedAsync();
        await LookAsync(phone, "");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToContainTextAsync("Type how the keys begin, for example views/.");
        await Assertions.Expect(phone.Begin(CacheScreen.ByPrefix)).ToBeDisabledAsync();

        await LookAsync(phone, "views/");
        await Assertions.Expect(dialog)
            .ToContainTextAsync("Removes the 300 keys of database 0 that begin with “views/”. All 600 were looked at.");
        await dialog.GetByText("What happens in detail").ClickAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Table)).ToContainTextAsync("views/*");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Alert)).ToBeHiddenAsync();
        await phone.IsSoundAsync();
        await phone.TypeAsync(CacheScreen.ByPrefix, Phrase, "stale pages");
        await Assertions.Expect(phone.Begin(CacheScreen.ByPrefix)).ToBeEnabledAsync();
        await dialog.GetByLabel("Keys that begin with").FillAsync("pages/");
        await Assertions.Expect(phone.Begin(CacheScreen.ByPrefix)).ToBeDisabledAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Preview again.");
        await CacheScreen.Button(dialog, "Preview").ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Removes the 100 keys of database 0 that begin with “pages/”.");
        await phone.Begin(CacheScreen.ByPrefix).ClickAsync();

        await Assertions.Expect(phone.Runs).ToContainTextAsync("100 keys that begin with “pages/” are gone.");
        Assert.Equal("300", (await Cache.CallAsync("EVAL", "return #redis.call('KEYS', 'views/*')", "0")).ToString());
        Assert.Equal(500, await Keys.CountAsync(0));
    }

    private static async Task MayOnlyLookAsync(CacheScreen screen)
    {
        await Assertions.Expect(screen.Offer(CacheScreen.Flush)).ToBeDisabledAsync();
        await Assertions.Expect(screen.Board.Main.Locator("[id='why-cache.flush']")).ToHaveTextAsync(NotYours);
        await Assertions.Expect(screen.Kept).ToContainTextAsync("All 120 keys are kept.");
        await Assertions.Expect(screen.Kept).ToContainTextAsync(NotYours);
        await Assertions.Expect(screen.Undo).ToBeDisabledAsync();
        await Assertions.Expect(screen.GiveUp).ToBeDisabledAsync();
    }

    private static async Task IsNeverFlushedAsync(CacheScreen screen, string instance, string why)
    {
        await screen.Board.GoAsync($"/instances/{instance}/actions");
        await Assertions.Expect(screen.Board.Main.Locator("[id='why-cache.flush']")).ToHaveTextAsync(why);
        await Assertions.Expect(screen.Offer(CacheScreen.Flush)).ToBeDisabledAsync();
        await Assertions.Expect(screen.Offer(CacheScreen.ByPrefix)).ToHaveCountAsync(0);
    }

    private static async Task LookAsync(CacheScreen screen, string prefix)
    {
        if (!await screen.Dialog(CacheScreen.ByPrefix).IsVisibleAsync())
        {
            await screen.PreviewAsync(CacheScreen.ByPrefix);
        }

        await screen.Dialog(CacheScreen.ByPrefix).GetByLabel("Keys that begin with").FillAsync(prefix);
        await CacheScreen.Button(screen.Dialog(CacheScreen.ByPrefix), "Preview").ClickAsync();
    }

    /// <summary>Waits until the poller has seen the new keys: plans are made from what it knows.</summary>
    private static Task KeysAreKnownAsync(CacheScreen screen, string keys) =>
        Assertions.Expect(screen.Board.Main).ToContainTextAsync($"db0 {keys}");

    /// <summary>Extends the minute of Undo, because a slow machine takes longer to check the page.</summary>
    private async Task KeepLongerAsync()
    {
        await using var connection = watched.Records();
        Assert.Equal(1, await connection.ExecuteAsync("UPDATE swaps SET ends_at = ends_at + 600000 WHERE state = 'kept'"));
    }

    /// <summary>Ages the confirmations, as if the last password was typed long ago.</summary>
    private async Task ForgetProofsAsync()
    {
        await using var connection = watched.Records();
        await connection.ExecuteAsync("UPDATE sessions SET confirmed_at = 0");
    }

    private static string Shown(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static long Number(Match counts, int group) =>
        long.Parse(string.Concat(counts.Groups[group].Value.Where(char.IsDigit)), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"for [1-5]?\d s|for 1 min")]
    private static partial Regex CountDown();

    [GeneratedRegex(@"swapped ([\d\s]+) · evicted ([\d\s]+) · restored ([\d\s]+) · newer kept ([\d\s]+)")]
    private static partial Regex Counts();
}
