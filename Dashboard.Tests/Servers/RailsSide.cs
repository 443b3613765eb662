using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Servers;

/// <summary>A process of a Rails application: a real ActionCable under Puma, on a test's server.</summary>
/// <remarks>
/// Rails up to 7.0 ends when its server goes away; later versions live on without listening. <c>Dashboard.Tests/Rails/cable.rb</c> says
/// what it answers to.
/// </remarks>
internal sealed partial class RailsSide : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private readonly ServerProcess _process;
    private readonly HttpClient _http = new();

    private RailsSide(TestFolder folder, ServerProcess process) => (_folder, _process) = (folder, process);

    /// <summary>The folder with ActionCable 7.2, which <c>setup/install newer-rails</c> fills on Debian 12.</summary>
    private static string NewerGems { get; } = Repository.PathOf(".run", "rails", "newer");

    private static readonly Version LeastNewer = new(7, 1);

    /// <summary>The port of its web server.</summary>
    public int Port { get; private init; }

    /// <summary>The version of ActionCable.</summary>
    public required Version Version { get; init; }

    /// <summary>Whether it tells its clients, when it closes a socket, whether to connect again.</summary>
    public bool IsNewer => Version >= LeastNewer;

    public int Pid => _process.Pid;

    /// <summary>Starts it, and waits until it listens to the server and accepts sockets.</summary>
    /// <param name="prefix">Its <c>channel_prefix</c>.</param>
    /// <param name="newer">Whether ActionCable has to be 7.1 or newer, where a disconnect says whether to connect again.</param>
    /// <exception cref="InvalidOperationException">It is not installed: it fails a test and never skips one.</exception>
    public static async Task<RailsSide> StartAsync(TestServer server, string prefix, bool newer = false)
    {
        var folder = new TestFolder();
        string[] gems = newer && Directory.Exists(NewerGems) ? [NewerGems] : [];
        var process = await ServerProcess.StartAsync(
            folder.Path,
            ["ruby", "-W0", Repository.PathOf("Dashboard.Tests", "Rails", "cable.rb"), UrlOf(server), prefix, .. gems],
            "serves ");
        if (await process.IsReadyAsync())
        {
            // The line that says so is among its output a moment later.
            var serves = Match.Empty;
            await Eventually.Async(() => Task.FromResult((serves = Serves().Match(process.Output)).Success));
            return new(folder, process)
            {
                Port = int.Parse(serves.Groups[1].ValueSpan, CultureInfo.InvariantCulture),
                Version = Version.Parse(serves.Groups[2].ValueSpan),
            };
        }

        await process.DisposeAsync();
        folder.Dispose();
        throw new InvalidOperationException($"ActionCable did not start; ./test installs it.\n{process.Output}");
    }

    /// <summary>Skips the test where ActionCable is older than 7.1; in continuous integration that is a failure.</summary>
    public RailsSide RequireNewer()
    {
        Assert.SkipUnless(
            IsNewer,
            $"This needs ActionCable 7.1 or newer, and here is {Version}. On Debian 12, setup/install newer-rails fetches 7.2 from "
                + "Debian 13 and says what is in the way.");
        return this;
    }

    /// <summary>Broadcasts something, for which it opens a second connection to the server.</summary>
    public async Task BroadcastAsync() =>
        (await _http.PostAsync(Url("broadcast"), null, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();

    /// <summary>Whether its thread that listens to the server is alive.</summary>
    public async Task<bool> ListensAsync() =>
        await _http.GetStringAsync(Url("listens"), TestContext.Current.CancellationToken) == "true";

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static string UrlOf(TestServer server) =>
        $"redis://{(server.Password is { } password ? $":{Uri.EscapeDataString(password)}@" : "")}{server.Endpoint}/0";

    private Uri Url(string path) => new($"http://127.0.0.1:{Port}/{path}");

    [GeneratedRegex(@"^serves ([0-9]+) ([0-9.]+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Serves();
}
