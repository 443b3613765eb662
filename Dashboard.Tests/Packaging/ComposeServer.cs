using System.Globalization;
using Dashboard.Demo;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using StackExchange.Redis;

namespace Dashboard.Packaging;

/// <summary>
/// One service of <c>compose.yaml</c> run by its own command line, with the program installed here in place of a container.
/// </summary>
internal sealed class ComposeServer : IAsyncDisposable
{
    public const string Password = "a-Password_of-the-test";

    private readonly TestFolder _folder = new();
    private readonly string _name;
    private readonly ComposeFile.Service _service;
    private readonly int _port = FreePort.Next();
    private ServerProcess? _process;
    private AdminConnection? _admin;

    private ComposeServer(string name) => (_name, _service) = (name, ComposeFile.Read().Services[name]);

    /// <summary>The folder that is <c>/data</c> in the container.</summary>
    public string Data => _folder.Make("data");

    public static async Task<ComposeServer> StartAsync(string service)
    {
        var server = new ComposeServer(service);
        await server.SetPasswordFileAsync(Password);
        await server.GenerateSecretsAsync();
        var programs = server._folder.Make("bin");
        File.CreateSymbolicLink(Path.Combine(programs, "redis-server"), ServerKind.Program);
        File.CreateSymbolicLink(Path.Combine(programs, "redis-cli"), ServerProgram.ClientOf(ServerKind.Program));
        server._process =
            await ServerProcess.StartAsync(
                server._folder.Path, ["env", "-C", server.Data, server.SearchPath, .. server._service.Command.Select(server.Here)]);
        Assert.True(await server._process.IsReadyAsync(), server._process.Output);
        return server;
    }

    public Task SetPasswordFileAsync(string password) => File.WriteAllTextAsync(SecretFile("password"), password + "\n");

    /// <summary>The instance as a console with users of its own would watch it.</summary>
    public Instance Instance(Purpose purpose) => new(InstanceId.Of("test"), purpose, new InstanceAddress(TestServer.Host, _port))
    {
        Watch = new("dash-watch", SecretFile("watch_password")),
        Act = new("dash-act", SecretFile("act_password")),
        Backplane = purpose == Purpose.Cable ? new("dash-backplane", SecretFile("backplane_password")) : null,
    };

    /// <summary>Runs what compose would run to check the server's health.</summary>
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

    /// <summary>
    /// The server's arguments as every user of the machine can read them. (It would hide them later where its C library can; Alpine's
    /// cannot.)
    /// </summary>
    public Task<string> ArgumentsAsync() =>
        File.ReadAllTextAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.Pid}/cmdline"));

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

    /// <summary>Makes the secrets that do not exist yet.</summary>
    private async Task GenerateSecretsAsync()
    {
        File.Copy(Repository.PathOf("secrets", "generate"), Path.Combine(_folder.Make("secrets"), "generate"));
        Assert.Equal(0, (await Shell.RunAsync(["sh", Path.Combine(_folder.Make("secrets"), "generate")])).ExitCode);
    }

    /// <param name="kind">What follows the server's name: <c>password</c>, <c>watch_password</c>, …</param>
    private string SecretFile(string kind) => Path.Combine(_folder.Make("secrets"), $"{_name}_{kind}");

    private string SearchPath => $"PATH={_folder.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>
    /// Adapts a command to this machine: compose turns $$ into $, and the container gives the server its own network and each secret its
    /// path.
    /// </summary>
    private string Here(string text) => text
        .Replace("$$", "$", StringComparison.Ordinal)
        .Replace($"/run/secrets/{_name}_password", SecretFile("password"), StringComparison.Ordinal)
        .Replace($"/run/secrets/{_name}_acl", Path.Combine(_folder.Make("secrets"), $"{_name}.acl"), StringComparison.Ordinal)
        .Replace(
            "redis-server ", string.Create(CultureInfo.InvariantCulture, $"redis-server --bind 127.0.0.1 --port {_port} --set-proc-title "
                + $"no "), StringComparison.Ordinal)
        .Replace("redis-cli ", string.Create(CultureInfo.InvariantCulture, $"redis-cli -p {_port} "), StringComparison.Ordinal);
}
