using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using StackExchange.Redis;

namespace Dashboard.Servers;

/// <summary>A real server on loopback with a folder of its own; both are gone when it is disposed.</summary>
/// <remarks>
/// <code>
/// await using var server = await TestServer.StartAsync("maxmemory 10mb", "maxmemory-policy allkeys-lru");
/// await server.CallAsync("SET", "key", "value");
/// </code>
/// </remarks>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TestFolder _folder;
    private readonly bool _smallDisk;
    private ServerProcess _process;
    private AdminConnection? _admin;

    private TestServer(TestFolder folder, int port, bool smallDisk, ServerProcess process) =>
        (_folder, Port, _smallDisk, _process) = (folder, port, smallDisk, process);

    public const string Host = "127.0.0.1";

    /// <summary>The port that it listens on, without TLS; it stays over restarts.</summary>
    public int Port { get; }

    public string Endpoint => $"{Host}:{Port}";

    /// <summary>The password that the server requires; null when it requires none.</summary>
    public string? Password { get; private set; }

    /// <summary>Its data, its configuration and whatever a test puts there.</summary>
    public string Folder => _folder.Path;

    public int Pid => _process.Pid;

    public bool IsRunning => _process.IsRunning;

    /// <summary>Starts it with these lines of configuration, e.g. <c>maxmemory 10mb</c>, and waits until it accepts connections.</summary>
    /// <remarks>
    /// Nothing is saved unless a line says so. The lines are written to a file: a password never becomes a process argument.
    /// </remarks>
    public static Task<TestServer> StartAsync(params string[] lines) => StartAsync(null, smallDisk: false, lines);

    /// <summary>As <see cref="StartAsync(string[])"/>, with <c>requirepass</c>.</summary>
    public static Task<TestServer> WithPasswordAsync(string password, params string[] lines) =>
        StartAsync(password, smallDisk: false, lines);

    /// <summary>
    /// As <see cref="StartAsync(string[])"/>, with its data on a disk of <see cref="SmallDisk.Megabytes"/> and an append-only file.
    /// </summary>
    public static Task<TestServer> OnSmallDiskAsync(params string[] lines) =>
        StartAsync(null, smallDisk: true, ["appendonly yes", "appendfsync everysec", .. lines]);

    private static async Task<TestServer> StartAsync(string? password, bool smallDisk, string[] lines)
    {
        var folder = new TestFolder();
        for (var attempt = 1; ; attempt++)
        {
            var port = FreePort.Next();
            await File.WriteAllLinesAsync(
                folder.File("server.conf"),
                ["bind 127.0.0.1", $"port {port}", $"dir \"{folder.Make("data")}\"", "save \"\"", .. lines, .. PasswordLines(password)]);
            var process = await ServerProcess.StartAsync(folder.Path, CommandLine(folder, smallDisk));
            if (await process.IsReadyAsync())
            {
                return new TestServer(folder, port, smallDisk, process) { Password = password };
            }

            // Another process may have taken the port between the check and the server's binding.
            await process.DisposeAsync();
            if (attempt == 3 || !process.Output.Contains("Address already in use", StringComparison.Ordinal))
            {
                folder.Dispose();
                throw new InvalidOperationException($"{ServerKind.Program} did not start:\n{process.Output}");
            }
        }
    }

    private static string[] PasswordLines(string? password) => password is null ? [] : [$"requirepass \"{password}\""];

    private static string[] CommandLine(TestFolder folder, bool smallDisk)
    {
        string[] server = [ServerKind.Program, folder.File("server.conf")];
        return smallDisk ? SmallDisk.Around(folder.File("data"), server) : server;
    }

    /// <summary>The instance a console would watch.</summary>
    /// <param name="passwordFile">Written by the test; null sends no password.</param>
    public Instance Instance(Purpose? purpose = null, string? passwordFile = null, string? user = null) =>
        new(InstanceId.Of("test"), purpose ?? Purpose.Other, new InstanceAddress(Host, Port, User: user),
            passwordFile)
        { SpareDatabase = purpose == Purpose.Cache ? 15 : null };

    /// <summary>Writes a password file with exactly this content into the server's folder.</summary>
    public async Task<string> PasswordFileAsync(string content, string name = "password")
    {
        await File.WriteAllTextAsync(_folder.File(name), content);
        return _folder.File(name);
    }

    /// <summary>Runs one command over the test's own connection with every right.</summary>
    public async Task<RedisResult> CallAsync(string command, params object[] words)
    {
        _admin ??= await AdminConnection.OpenAsync(Port, Password);
        return await _admin.Server.ExecuteAsync(command, words);
    }

    /// <summary>One field of INFO as the server reports it now, or null.</summary>
    public async Task<string?> InfoAsync(string field) =>
        Info.InfoReply.Parse((string)(await CallAsync("INFO", "everything"))!).Text(field);

    /// <summary>Changes the password that new connections need; open ones stay.</summary>
    public async Task ChangePasswordAsync(string password)
    {
        await CallAsync("CONFIG", "SET", "requirepass", password);
        Password = password;
        await CloseAdminAsync();
    }

    /// <summary>Halts it where it is (SIGSTOP): connections stay open and get no answer.</summary>
    public void Stop() => _process.Stop();

    public void Continue() => _process.Continue();

    public async Task KillAsync()
    {
        await CloseAdminAsync();
        await _process.KillAsync();
    }

    /// <summary>Kills it if it runs and starts it on the same port.</summary>
    /// <param name="wipe">True to delete its data, when it kept any.</param>
    /// <param name="waitUntilReady">False to use it while it loads.</param>
    /// <param name="lines">Lines to add to its configuration.</param>
    public async Task RestartAsync(bool wipe = false, bool waitUntilReady = true, params string[] lines)
    {
        await KillAsync();
        await _process.DisposeAsync();
        if (wipe)
        {
            _folder.Empty("data");
        }

        await File.AppendAllLinesAsync(_folder.File("server.conf"), lines);
        _process = await ServerProcess.StartAsync(_folder.Path, CommandLine(_folder, _smallDisk));
        if (waitUntilReady && !await _process.IsReadyAsync())
        {
            throw new InvalidOperationException($"The server did not start again:\n{_process.Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAdminAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private async Task CloseAdminAsync()
    {
        if (_admin is { } admin)
        {
            _admin = null;
            await admin.DisposeAsync();
        }
    }
}
