using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey.Permissions;
using StackExchange.Redis;

namespace Dashboard.Consoles;

/// <summary>
/// Three small real servers with the guide's settings: cache and cable with a password, session on a disk of its own that can be filled.
/// The console signs in to each with users of its own. Disposing asserts that none of them was ever refused anything.
/// </summary>
internal sealed class Trio : IAsyncDisposable
{
    private static readonly string WatchPassword = Canaries.Password("watch");
    private static readonly string ActPassword = Canaries.Password("act");
    private static readonly string BackplanePassword = Canaries.Password("backplane");

    private static readonly string WatchUser = AclRules.UserOf(ConnectionRole.Watch);

    private Trio(TestServer cache, TestServer cable, TestServer session) => (Cache, Cable, Session) = (cache, cable, session);

    /// <summary>An application process that listens on the cable, and comes back after every fault.</summary>
    private ConnectionMultiplexer? _listener;

    public TestServer Cache { get; }

    public TestServer Cable { get; }

    public TestServer Session { get; }

    private TestServer[] All => [Cache, Cable, Session];

    /// <summary>Settings of a console that watches them.</summary>
    public IEnumerable<string> Settings =>
        [.. SettingsOf("cache", Cache), .. SettingsOf("cable", Cable), .. SettingsOf("session", Session)];

    public static async Task<Trio> StartAsync()
    {
        var trio = new Trio(
            await TestServer.WithPasswordAsync(
                Canaries.Password("cache"), ["maxmemory 6mb", "maxmemory-policy allkeys-lru", .. Users(Purpose.Cache)]),
            await TestServer.WithPasswordAsync(
                Canaries.Password("cable"), ["maxmemory 16mb", "maxmemory-policy noeviction", .. Users(Purpose.Cable)]),
            await TestServer.OnSmallDiskAsync(
                ["maxmemory 16mb", "maxmemory-policy noeviction", "enable-debug-command local", .. Users(Purpose.Session)]));
        foreach (var server in trio.All)
        {
            foreach (var role in Enum.GetValues<ConnectionRole>())
            {
                await server.PasswordFileAsync(PasswordOf(role), FileOf(role));
            }
        }

        await trio.ListenAsync();
        return trio;
    }

    /// <summary>
    /// Gives the watching user another password than the console has, and cuts the console off. Its rejected sign-ins have to be cleared
    /// later.
    /// </summary>
    public static async Task BreakWatchPasswordAsync(TestServer server, string password)
    {
        await server.CallAsync("ACL", "SETUSER", WatchUser, "resetpass", ">" + password);
        await server.CallAsync("CLIENT", "KILL", "USER", WatchUser);
    }

    /// <summary>Writes the new password where the console reads it.</summary>
    public static Task WriteWatchPasswordAsync(TestServer server, string password) =>
        server.PasswordFileAsync(password, FileOf(ConnectionRole.Watch));

    /// <summary>Restores the password of the server's configuration, which the server also has again after a restart.</summary>
    public static async Task RestoreWatchPasswordAsync(TestServer server)
    {
        await server.CallAsync("ACL", "SETUSER", WatchUser, "resetpass", ">" + WatchPassword);
        await WriteWatchPasswordAsync(server, WatchPassword);
    }

    /// <summary>
    /// Clears the ACL log after a test that broke a password on purpose: it may hold rejected sign-ins of the watching user, and no other
    /// refusals.
    /// </summary>
    public static async Task ClearRejectedSignInsAsync(TestServer server)
    {
        Assert.All(await RefusalsAsync(server), refusal => Assert.StartsWith($"auth AUTH {WatchUser}", refusal, StringComparison.Ordinal));
        await server.CallAsync("ACL", "LOG", "RESET");
    }

    /// <summary>Starts the servers that do not run, and restores what the tests of faults change.</summary>
    public async Task RestoreAsync()
    {
        foreach (var server in All.Where(server => !server.IsRunning))
        {
            await server.RestartAsync();
        }

        await Cable.CallAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await Session.CallAsync("CONFIG", "SET", "maxclients", "10000");
        await Session.CallAsync("CONFIG", "SET", "appendonly", "yes");
        await RestoreWatchPasswordAsync(Cable);
    }

    public async ValueTask DisposeAsync()
    {
        await (_listener?.DisposeAsync() ?? ValueTask.CompletedTask);
        try
        {
            foreach (var server in All)
            {
                Assert.Equal([], await RefusalsAsync(server));
            }
        }
        finally
        {
            await Task.WhenAll(All.Select(server => server.DisposeAsync().AsTask()));
        }
    }

    private async Task ListenAsync()
    {
        var options = ConfigurationOptions.Parse(Cable.Endpoint);
        (options.Password, options.AbortOnConnectFail, options.ReconnectRetryPolicy) = (Cable.Password, false, new LinearRetry(200));
        _listener = await ConnectionMultiplexer.ConnectAsync(options);
        await _listener.GetSubscriber().SubscribeAsync(RedisChannel.Literal("_action_cable_internal"));
    }

    private static string[] Users(Purpose purpose) =>
        [.. ConnectionRoles.Of(purpose).Select(role => AclRules.Line(purpose, role, PasswordOf(role)))];

    private static string PasswordOf(ConnectionRole role) => role switch
    {
        ConnectionRole.Watch => WatchPassword,
        ConnectionRole.Act => ActPassword,
        _ => BackplanePassword,
    };

    private static IEnumerable<string> SettingsOf(string id, TestServer server) =>
    [
        $"Dashboard:Instances:{id}:Url=redis://{server.Endpoint}",
        .. id == "cache" ? (string[])["Dashboard:Instances:cache:SpareDatabase=15"] : [],
        .. ConnectionRoles.Of(Purpose.All.Single(purpose => purpose.Word == id))
            .SelectMany(
                role =>
                    (string[])[$"Dashboard:Instances:{id}:{role}:User={AclRules.UserOf(role)}",
                        $"Dashboard:Instances:{id}:{role}:PasswordFile={Path.Combine(server.Folder, FileOf(role))}"]),
    ];

    private static string FileOf(ConnectionRole role) => $"{role}-password";

    /// <summary>Each row of the ACL log as reason, object and user, e.g. <c>command config|get dash-watch</c>.</summary>
    private static async Task<List<string>> RefusalsAsync(TestServer server)
    {
        var rows = (RedisResult[])(await server.CallAsync("ACL", "LOG"))!;
        return [.. rows.Select(row => row.ToDictionary()).Select(row => $"{row["reason"]} {row["object"]} {row["username"]}")];
    }
}
