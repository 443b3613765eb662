using System.Diagnostics;
using System.Globalization;
using System.Text;
using Dashboard.Info;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Demo;

/// <summary>The dashboard run as <c>./demo</c> runs it, in a folder of the test's own.</summary>
internal sealed class DemoProcess : IAsyncDisposable
{
    /// <summary>The three instances.</summary>
    public static readonly string[] Ids = ["cache", "cable", "session"];

    /// <summary>
    /// No test visits the board, and a port that was free when the test checked may be taken by the time the board starts.
    /// </summary>
    private const int AnyPort = 0;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DemoProcess(Process process, string folder)
    {
        (_process, Folder) = (process, folder);
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Folder { get; }

    public int Pid => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it without waiting.</summary>
    public static DemoProcess Start(string folder, int port = AnyPort) => Start(folder, Command(folder, port));

    /// <param name="variables">Environment variables besides those of the test.</param>
    public static DemoProcess Start(string folder, string[] command, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
            // As in ./demo: when killed, .NET would leave behind the pipes that it offers to debuggers.
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return new(Process.Start(start)!, folder);
    }

    /// <summary>Starts it and waits until it reports that it is ready.</summary>
    public static async Task<DemoProcess> ReadyAsync(string folder)
    {
        var demo = Start(folder);
        await demo.ReadyAsync();
        return demo;
    }

    public async Task ReadyAsync()
    {
        var ended = _process.WaitForExitAsync();
        await Task.WhenAny(_ready.Task, ended).WaitAsync(Eventually.Bound);
        Assert.True(_ready.Task.IsCompleted, $"It ended before it was ready:\n{Output}");
    }

    public static string[] Command(string folder, int port = AnyPort) =>
    [
        "dotnet", Path.Combine(AppContext.BaseDirectory, "Dashboard.dll"), "--contentRoot", Repository.PathOf("Dashboard"), "--urls",
        Url(port),
        "--ReloadStaticAssetsAtRuntime", "false", "--Demo:Enabled", "true", "--Demo:Folder", folder, "--Demo:Server", ServerKind.Program,
    ];

    public static string Url(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <param name="id">The name of its folder, such as <c>cache</c>.</param>
    public int ServerPid(string id) => int.Parse(File.ReadAllText(Path.Combine(Folder, id, "pid")), CultureInfo.InvariantCulture);

    /// <summary>
    /// Every process of the demo but the dashboard itself: the servers, and each process with this folder in its arguments.
    /// </summary>
    public ProcessStamp[] Others()
    {
        var servers = Ids.Select(ServerPid).ToArray();
        return [.. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && pid != Pid && (servers.Contains(pid) || Arguments(pid).Contains(Folder, StringComparison.Ordinal)))
            .Select(ProcessStamp.Of)
            .OfType<ProcessStamp>()];
    }

    /// <summary>The output of the instance's own <c>cli</c> for these words.</summary>
    public async Task<string> CliAsync(string id, params string[] words) =>
        (await Shell.RunAsync([Path.Combine(Folder, id, "cli"), .. words])).Output.Trim();

    public async Task<InfoReply> InfoAsync(string id) => InfoReply.Parse(await CliAsync(id, "INFO"));

    public async Task<long> InfoAsync(string id, string field) =>
        long.Parse((await InfoAsync(id)).Text(field)!, CultureInfo.InvariantCulture);

    /// <param name="signal">Its name, e.g. <c>KILL</c>.</param>
    /// <param name="pid">The process; below zero, every process in the group of that number.</param>
    public static Task SignalAsync(string signal, int pid) =>
        Shell.RunAsync(["kill", "-" + signal, "--", pid.ToString(CultureInfo.InvariantCulture)]);

    public Task EndAsync() => _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Eventually.Bound);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Arguments(int pid)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    private void Append(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.StartsWith("Ready: ", StringComparison.Ordinal) == true)
        {
            _ready.TrySetResult();
        }
    }
}
