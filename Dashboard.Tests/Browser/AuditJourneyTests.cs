using Dapper;
using Dashboard.Audit;
using Dashboard.Consoles;
using Dashboard.Packaging;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Browser;

/// <summary>People use the audit log: it is searched, exported, tampered with outside the console, and restored from a backup.</summary>
[Collection(BrowserTests.Name), Trait("Needs", "Browser"), Trait("Server", "Any")]
public sealed class AuditJourneyTests(Chromium chromium) : IAsyncLifetime
{
    private TestServer _cache = null!;
    private ConsoleProcess _console = null!;

    private string Folder => Path.GetDirectoryName(_console.HistoryFile)!;

    private string Database => Path.Combine(Folder, "console.db");

    public async ValueTask InitializeAsync()
    {
        _cache = await TestServer.StartAsync("maxmemory 6mb", "maxmemory-policy allkeys-lru");
        _console = await ConsoleProcess.StartAsync($"Dashboard:Instances:cache:Url=redis://{_cache.Endpoint}");
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        await _cache.DisposeAsync();
    }

    [Fact]
    public async Task Log_IsSearchedAndExported_AndTamperingIsPinpointed()
    {
        await using var board = await BoardPage.OpenAsync(chromium, _console.Url, "/audit", Screens.Phone());
        var (page, badge) = (board.Page, board.Page.Locator(".standing"));
        await Assertions.Expect(badge).ToContainTextAsync("rows are as they were written");

        // What is filled in becomes the address; the file holds what is shown.
        await board.LiveAsync();
        await page.GetByText("More filters").ClickAsync();
        await page.GetByLabel("Who").FillAsync("own");
        await page.WaitForURLAsync("**/audit?actor=own");
        await page.GetByLabel("Action").FillAsync("sign-");
        await page.Locator(".mud-popover-open").GetByText("Sign in", new() { Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/audit?actor=own&action=sign-in");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Matches(@"^audit-\d{8}-\d{6}\.csv$", download.SuggestedFilename);
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\",\"owner\",\"127.0.0.1\",\"sign-in\",\"", lines[1], StringComparison.Ordinal);

        // Another program drops the triggers first. The change is found by a check, and named on every page.
        await TamperAsync("UPDATE audit SET actor = 'nobody' WHERE sequence = 2");
        await board.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify now" }).ClickAsync();
        await Assertions.Expect(badge).ToContainTextAsync("was changed after it was written");
        await Assertions.Expect(badge).ToContainTextAsync("Row 2 (");
        await Assertions.Expect(badge.Locator(".chip")).ToHaveTextAsync("not verified");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge the restore" })).ToHaveCountAsync(0);
        await board.GoAsync("/");
        await Assertions.Expect(board.Main).ToContainTextAsync("The audit log is not verified. Row 2 (");
        await NoWiderAsync(page);
    }

    [Fact]
    public async Task RestoredBackup_NamesWhatItLacks_UntilAnOwnerAcknowledgesIt()
    {
        await WithBackupAsync();
        await using var board = await BoardPage.OpenSignedOutAsync(chromium, _console.Url, null);
        await Visitor.SignInAsync(board.Page, _console.Url);
        await board.Page.WaitForURLAsync(_console.Url + "/");

        await Assertions.Expect(board.Main).ToContainTextAsync("an older console.db was restored");
        await board.Page.GetByRole(AriaRole.Link, new() { Name = "Go to the audit log" }).ClickAsync();
        await board.LiveAsync();
        var why = board.Page.GetByLabel("Why the backup was put back");
        await why.FillAsync("disk broke, backup of this morning");
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Acknowledge the restore" }).ClickAsync();

        await Assertions.Expect(board.Page.Locator(".standing .chip")).ToHaveTextAsync("verified");
        await board.GoAsync("/audit?action=audit.restored");
        await Assertions.Expect(Rows(board.Page).First).ToContainTextAsync("disk broke, backup of this morning");
        Assert.Equal(
            AuditCommand.Sound,
            (await Shell.RunAsync(
                ["dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "audit", "verify",
                    $"--Dashboard:DataFolder={Folder}"])).ExitCode);
    }

    [Fact]
    public async Task DamagedFile_TheBoardContinues_AndEveryPageExplainsTheRestore()
    {
        await using var board = await BoardPage.OpenAsync(chromium, _console.Url);
        await Assertions.Expect(board.Main).ToContainTextAsync("Healthy.");
        foreach (var path in (string[])[Database, Database + "-wal"])
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length).ToArray(), TestContext.Current.CancellationToken);
        }

        var records = board.Page.GetByRole(AriaRole.Region, new() { Name = "Records" });
        await Assertions.Expect(records).ToContainTextAsync($"{Database} is damaged. Monitoring continues.");
        await board.Page.GetByText("How to put a backup back").ClickAsync();
        await Assertions.Expect(records.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(ManualSteps.Restore.Count);
        await board.NextPollAsync();
        await _cache.KillAsync();
        await board.CardSaysAsync("cache", "cache refuses connections");

        // A page that is opened again, too; but none that needs a permission.
        await board.GoAsync("/instances/cache");
        await Assertions.Expect(board.Main).ToContainTextAsync("cache refuses connections");
        board.Faults.Expected = true; // The browser itself logs a 403.
        await board.GoAsync("/accounts");
        await Assertions.Expect(board.Main).ToContainTextAsync("This page cannot be shown now");

        await using var stranger = await BoardPage.OpenSignedOutAsync(chromium, _console.Url, null);
        stranger.Faults.Expected = true; // And a 503.
        await Visitor.SignInAsync(stranger.Page, _console.Url);
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Nobody can sign in now.");
        await Assertions.Expect(stranger.Page.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(ManualSteps.Restore);
        Assert.Equal(
            ["console.db", "console.db-shm", "console.db-wal"],
            Directory.GetFiles(Folder, "console.db*").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>Stops the console, takes a copy, lets more be written, and puts the copy back as the steps say.</summary>
    private async Task WithBackupAsync()
    {
        await _console.TerminateAsync();
        Assert.False(File.Exists(Database + "-wal"), "a console that ended in order leaves nothing beside its file");
        File.Copy(Database, Path.Combine(Folder, "backup"));
        await _console.StartAsync();
        await _console.TerminateAsync();
        File.Move(Path.Combine(Folder, "backup"), Database, overwrite: true);
        File.Delete(Database + "-wal");
        File.Delete(Database + "-shm");
        await _console.StartAsync();
    }

    private async Task TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("PRAGMA busy_timeout = 3000");
        await connection.ExecuteAsync("DROP TRIGGER audit_is_not_changed");
        Assert.Equal(1, await connection.ExecuteAsync(sql));
    }

    private static ILocator Rows(IPage page) => page.GetByRole(AriaRole.Table, new() { Name = "What was done" }).Locator("tbody tr");

    private static async Task NoWiderAsync(IPage page) =>
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"));
}
