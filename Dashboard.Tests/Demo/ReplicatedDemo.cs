using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Browser;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace Dashboard.Demo;

/// <summary><c>./demo --replicas 2</c>: two consoles that share a data folder, behind the sticky proxy.</summary>
public sealed partial class ReplicatedDemo(Chromium chromium) : IAsyncLifetime
{
    /// <summary>The cookie by which the proxy knows the replica of a browser.</summary>
    public const string StickyCookie = "demo-replica";

    private static readonly string[] Replicas = ["replica-1", "replica-2"];

    private readonly TestFolder _folder = new();
    private ProcessStamp[] _others = [];

    internal DemoProcess Process { get; private set; } = null!;

    /// <summary>The address of the proxy, without a slash at its end.</summary>
    public string Url { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var (port, password) = (FreePort.Next(), _folder.File("owner-password"));
        Url = DemoProcess.Url(port);
        await File.WriteAllTextAsync(password, ConsoleProcess.OwnerPassword + "\n");
        Process = DemoProcess.Start(
            _folder.File("demo"), [.. DemoProcess.Command(_folder.File("demo"), port), "--Demo:Replicas", "2"],
            // A server that a busy machine keeps waiting must not count as hung.
            ("Dashboard__OwnerPasswordFile", password), ("Dashboard__PollTimeout", "10s"));
        await Process.ReadyAsync();
        _others = Process.Others();
    }

    /// <summary>Asks the demo to end, as Ctrl-C does: nothing that it started is left.</summary>
    public async ValueTask DisposeAsync()
    {
        ProcessStamp[] all = [.. _others, .. Process.Others()];
        await DemoProcess.SignalAsync("TERM", Process.Pid);
        await Process.EndAsync();
        Assert.True(Process.ExitCode == 0, $"Exit code {Process.ExitCode}:\n{Process.Output}");
        await Eventually.Async(() => Task.FromResult(all.Count(one => one.IsAlive)), left => left == 0);
        await Process.DisposeAsync();
        await Canaries.AssertNoneKeptAsync(_folder.File("demo/data"));
        _folder.Dispose();
    }

    /// <summary>Opens a page with the owner signed in, on either replica, and waits until it handles clicks.</summary>
    internal async Task<BoardPage> OpenAsync(string path)
    {
        var board = await BoardPage.OpenAsync(chromium, Url, null);
        await GoAnywhereAsync(board, path);
        return board;
    }

    /// <summary>Opens a page that the other replica serves.</summary>
    internal async Task<BoardPage> OpenBesideAsync(BoardPage other, string path)
    {
        var (board, taken) = (await BoardPage.OpenAsync(chromium, Url, null), await PidAsync(other));
        await Eventually.Async(async () =>
        {
            await GoAnywhereAsync(board, path);
            return await PidAsync(board) != taken;
        });
        return board;
    }

    /// <summary>The process that serves a page, as the page says it.</summary>
    internal static async Task<int> PidAsync(BoardPage board) => int.Parse(
        Served().Match(await board.Page.Locator("[data-backplane]").First.GetAttributeAsync("title") ?? "").Groups[1].Value,
        CultureInfo.InvariantCulture);

    /// <summary>Waits until both replicas serve: one that a test ended is started again by the demo.</summary>
    internal async Task BothServeAsync()
    {
        using var client = new HttpClient();
        foreach (var replica in Replicas)
        {
            await Eventually.Async(async () =>
            {
                try
                {
                    using var answer = await client.GetAsync(new Uri($"{UrlOf(replica)}/readyz"), Eventually.Cancel);
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });
        }
    }

    /// <summary>Opens the file that both consoles share.</summary>
    internal SqliteConnection Records() => new($"Data Source={_folder.File("demo/data/console.db")};Pooling=False");

    /// <summary>The address that the demo printed for a replica.</summary>
    private string UrlOf(string replica) =>
        Regex.Match(Process.Output, $@"{replica.Replace('-', ' ')}: pid \d+, (http://[0-9.:]+)").Groups[1].Value;

    private static async Task GoAnywhereAsync(BoardPage board, string path)
    {
        await board.Page.Context.ClearCookiesAsync(new() { Name = StickyCookie });
        await board.GoAsync(path);
        await board.LiveAsync();
    }

    [GeneratedRegex(@"process (\d+)\.")]
    private static partial Regex Served();
}
