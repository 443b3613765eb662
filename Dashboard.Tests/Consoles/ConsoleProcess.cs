using System.Globalization;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Consoles;

/// <summary>The dashboard in a process of its own, watching real servers; its port and its data survive restarts.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    public const string OwnerName = "owner";

    /// <summary>A password of this test run only; nothing that the console logs or keeps may hold it.</summary>
    public static readonly string OwnerPassword = Canaries.Password("four words of the owner");

    private const string ReadyWords = "Now listening on";

    private readonly TestFolder _folder = new();
    private readonly string[] _settings;
    private ServerProcess? _process;

    private ConsoleProcess(IEnumerable<string> settings, string root)
    {
        _settings = [.. settings];
        Url = string.Create(CultureInfo.InvariantCulture, $"{root}:{FreePort.Next()}");
    }

    /// <summary>The address, without a slash at its end.</summary>
    public string Url { get; }

    /// <summary>The last lines it logged.</summary>
    public string Output => _process?.Output ?? "";

    public string HistoryFile => Path.Combine(_folder.Make("data"), "history.db");

    /// <param name="settings">As <c>Dashboard:Instances:cache:Url=redis://…</c>.</param>
    public static async Task<ConsoleProcess> StartAsync(params IEnumerable<string> settings)
    {
        var console = NotStarted(settings);
        await console.StartAsync();
        return console;
    }

    /// <summary>Makes a console that is not started, for a test that first puts something into its data folder.</summary>
    /// <param name="root">Scheme and host.</param>
    public static ConsoleProcess NotStarted(IEnumerable<string> settings, string root = "http://127.0.0.1") => new(settings, root);

    public Task KillAsync() => _process!.KillAsync();

    public Task TerminateAsync() => _process!.TerminateAsync();

    /// <summary>Starts the console, also again after its end.</summary>
    public async Task StartAsync()
    {
        string[] command =
        [
            "dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "--contentRoot", Repository.PathOf("Dashboard"), "--urls",
            Url,
            // As people run it: files as they were built, compressed.
            "--ReloadStaticAssetsAtRuntime=false",
            // A server that a busy machine keeps waiting must not count as hung.
            $"--Dashboard:DataFolder={_folder.File("data")}", $"--Dashboard:OwnerPasswordFile={OwnerPasswordFile()}",
            "--Dashboard:PollTimeout=10s", .. _settings.Select(setting => "--" + setting),
        ];
        _process = await ServerProcess.StartAsync(_folder.Path, command, ReadyWords);
        if (!await _process.IsReadyAsync())
        {
            throw new InvalidOperationException($"The dashboard did not start:\n{Output}");
        }
    }

    private string OwnerPasswordFile()
    {
        var file = _folder.File("owner-password");
        File.WriteAllText(file, OwnerPassword + "\n");
        return file;
    }

    public async ValueTask DisposeAsync()
    {
        await (_process?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Canaries.AssertNoneKeptAsync(_folder.File("data"));
        _folder.Dispose();
    }
}
