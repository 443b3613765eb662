using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Demo;

/// <summary>The three running servers, and the settings by which the dashboard finds them.</summary>
internal sealed class DemoTrio : IAsyncDisposable
{
    private readonly DemoFolder _folder;
    private readonly List<DemoServer> _servers = [];

    private DemoTrio(DemoFolder folder, string program) => (this._folder, Program) = (folder, program);

    public DemoFolder Folder => _folder;

    /// <summary><c>valkey-server</c> or <c>redis-server</c>.</summary>
    public string Program { get; }

    public IReadOnlyList<DemoServer> Servers => _servers;

    public DemoServer Cache => _servers[0];

    public DemoServer Cable => _servers[1];

    public DemoServer Session => _servers[2];

    /// <exception cref="DemoException">There is no server program, the folder is in use, or a server did not start.</exception>
    public static async Task<DemoTrio> StartAsync(DemoOptions options, TimeProvider time, CancellationToken cancel)
    {
        var program = options.Server ?? ServerProgram.Find()
            ?? throw new DemoException("Found neither valkey-server nor redis-server in PATH. Run `setup/install server`, then try again.");
        var folder = DemoFolder.TryOpen(options.Folder)
            ?? throw new DemoException($"A demo is running already (it holds {Path.GetFullPath(options.Folder)}). Stop it with Ctrl-C, "
                + $"then try again.");

        var trio = new DemoTrio(folder, Path.GetFileName(program));
        try
        {
            foreach (var plan in DemoServerPlan.Trio(options.FullSize))
            {
                trio._servers.Add(await DemoServer.StartAsync(program, plan, folder, time, cancel));
            }

            return trio;
        }
        catch
        {
            await trio.DisposeAsync();
            throw;
        }
    }

    /// <summary>The settings of these servers, as the dashboard would otherwise read them from <c>appsettings.json</c>.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings() => _servers.SelectMany(server => (KeyValuePair<string, string?>[])
    [
        new($"Dashboard:Instances:{server.Id}:Purpose", server.Plan.Purpose.Word),
        new($"Dashboard:Instances:{server.Id}:Url", $"redis://127.0.0.1:{server.Port}"),
        .. server.Plan.Purpose == Purpose.Cache ? SpareSettings(server) : [],
        .. ConnectionRoles.Of(server.Plan.Purpose).SelectMany(role => UserSettings(server, role)),
    ]);

    /// <summary>The last of the server's sixteen databases.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> SpareSettings(DemoServer server) =>
        [new($"Dashboard:Instances:{server.Id}:SpareDatabase", "15")];

    private static IEnumerable<KeyValuePair<string, string?>> UserSettings(DemoServer server, ConnectionRole role) =>
    [
        new($"Dashboard:Instances:{server.Id}:{role}:User", AclRules.UserOf(role)),
        new($"Dashboard:Instances:{server.Id}:{role}:PasswordFile", server.PasswordFileOf(role)),
    ];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        _folder.Dispose();
    }
}
