using System.Globalization;
using Dashboard.Servers;
using StackExchange.Redis;

namespace Dashboard.FrontDoor;

/// <summary>One service of <c>compose.yaml</c> run by its own command line, with the program installed here in place of a container.</summary>
internal sealed class ComposeServer : IAsyncDisposable
{
    public const string Password = "a-Password_of-the-test";

    private readonly TestFolder _folder = new();
    private readonly ComposeFile.Service _service;
    private readonly int _port = FreePort.Next();
    private ServerProcess? _process;
    private AdminConnection? _admin;

    private ComposeServer(ComposeFile.Service service) => _service = service;

    /// <summary>Where the container would have <c>/data</c>.</summary>
    public string Data => _folder.Make("data");

    public static async Task<ComposeServer> StartAsync(string service)
    {
        var server = new ComposeServer(ComposeFile.Read().Services[service]);
        await server.SetPasswordFileAsync(Password);
        var programs = server._folder.Make("bin");
        File.CreateSymbolicLink(Path.Combine(programs, "redis-server"), ServerKind.Program);
        File.CreateSymbolicLink(Path.Combine(programs, "redis-cli"), ServerKind.Program.Replace("-server", "-cli", StringComparison.Ordinal));
        server._process = await ServerProcess.StartAsync(server._folder.Path, ["env", "-C", server.Data, server.SearchPath, .. server._service.Command.Select(server.Here)]);
        Assert.True(await server._process.IsReadyAsync(), server._process.Said);
        return server;
    }

    public Task SetPasswordFileAsync(string password) => File.WriteAllTextAsync(_folder.File("password"), password + "\n");

    /// <summary>What compose would run to learn whether the server is well.</summary>
    public Task<Shell.Outcome> CheckHealthAsync()
    {
        Assert.Equal("CMD-SHELL", _service.Healthcheck.Test[0]);
        return Shell.RunAsync(["env", SearchPath, "sh", "-c", Here(_service.Healthcheck.Test[1])]);
    }

    public async Task<RedisResult> CallAsync(string command, params object[] words)
    {
        _admin ??= await AdminConnection.OpenAsync(_port, Password);
        return await _admin.Server.ExecuteAsync(command, words);
    }

    public async Task<string> ConfigAsync(string name) => (string)((RedisResult[])(await CallAsync("CONFIG", "GET", name))!)[1]!;

    /// <summary>The server's arguments as every user of the machine can read them. (It would hide them later where its C library can; Alpine's cannot.)</summary>
    public Task<string> ArgumentsAsync() => File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.Pid}/cmdline"));

    public async ValueTask DisposeAsync()
    {
        if (_admin is not null)
        {
            await _admin.DisposeAsync();
        }

        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private string SearchPath => $"PATH={_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>Compose turns $$ into $; the container gives the server its own network and the password its path.</summary>
    private string Here(string text) => text
        .Replace("$$", "$", StringComparison.Ordinal)
        .Replace($"/run/secrets/{_service.Secrets.Single()}", _folder.File("password"), StringComparison.Ordinal)
        .Replace("redis-server ", string.Create(CultureInfo.InvariantCulture, $"redis-server --bind 127.0.0.1 --port {_port} --set-proc-title no "), StringComparison.Ordinal)
        .Replace("redis-cli ", string.Create(CultureInfo.InvariantCulture, $"redis-cli -p {_port} "), StringComparison.Ordinal);
}
