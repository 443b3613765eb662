using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dashboard.Benchmarks.Browser;
using Dashboard.Benchmarks.Servers;
using Dashboard.Demo;

namespace Dashboard.Benchmarks.Consoles;

/// <summary>The console itself, as in production: published, and in a process of its own, which ends with this one.</summary>
internal sealed class ConsoleProcess : IAsyncDisposable
{
    private static readonly TimeSpan PublishWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan UpWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(10);
    private readonly Process _process;

    private ConsoleProcess(Process process, string address) => (_process, Address) = (process, address);

    /// <summary>The address that it serves, e.g. <c>http://127.0.0.1:41003/</c>.</summary>
    public string Address { get; }

    public int Pid => _process.Id;

    /// <summary>Publishes the console.</summary>
    /// <exception cref="BenchException">It does not build.</exception>
    public static async Task PublishAsync(BenchRun run, CancellationToken cancel)
    {
        BenchRun.ReportProgress("publishing the console");
        string[] arguments =
            ["publish", Path.Combine(run.Root, "Dashboard"), "-c", "Release", "-o", Folder(run), "--nologo", "-v", "q",
                "--disable-build-servers"];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var said = publish.StandardOutput.ReadToEndAsync(cancel);
        await publish.WaitForExitAsync(cancel).WaitAsync(PublishWithin, run.Time, cancel);
        if (publish.ExitCode != 0)
        {
            throw new BenchException($"dotnet publish failed:\n{await said}");
        }
    }

    /// <summary>Starts the console to watch these servers, and does not wait until it serves.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="core">The only core it may use; null for all.</param>
    /// <param name="more">More settings.</param>
    public static ConsoleProcess Start(BenchRun run, BenchServers servers, string data, int? core = null, params string[] more) =>
        Start(run,
    [
        .. servers.Instances.SelectMany(instance => new[]
        {
            $"--Dashboard:Instances:{instance.Id}:Url", instance.Address.ToString(), $"--Dashboard:Instances:{instance.Id}:PasswordFile",
            instance.PasswordFile!,
        }),
        "--Dashboard:DataFolder", data, .. more,
    ], core);

    /// <summary>Starts the console with the demo's servers and traffic.</summary>
    /// <param name="folder">The demo's folder.</param>
    public static ConsoleProcess StartDemo(BenchRun run, string folder) => Start(run, ["--Demo:Enabled", "true", "--Demo:Folder", folder]);

    /// <summary>Waits until it accepts connections.</summary>
    /// <exception cref="BenchException">It did not start.</exception>
    public Task ServesAsync(BenchRun run, CancellationToken cancel) => UntilAsync(run, async () =>
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(Address).Port, cancel);
        return true;
    }, cancel);

    /// <summary>Checks a condition again and again until it holds; while the console does not serve, it does not hold.</summary>
    /// <exception cref="BenchException">It did not hold within 30 s.</exception>
    public static async Task UntilAsync(BenchRun run, Func<Task<bool>> holds, CancellationToken cancel)
    {
        for (var started = run.Time.GetTimestamp(); run.Time.GetElapsedTime(started) < UpWithin; await Task.Delay(Retry, run.Time, cancel))
        {
            try
            {
                if (await holds())
                {
                    return;
                }
            }
            catch (Exception error) when (error is HttpRequestException or SocketException)
            {
                // Not yet.
            }
        }

        throw new BenchException("The console did not start within 30 s: see .run/bench/console.log.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ConsoleProcess Start(BenchRun run, string[] settings, int? core = null)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        string[] arguments =
            [Path.Combine(Folder(run), "Dashboard.dll"), "--contentRoot", Folder(run), "--urls", address, .. BenchOwner.Settings(run),
                .. settings];
        string[] command = core is { } one
            ? ["taskset", "-c", one.ToString(CultureInfo.InvariantCulture), "dotnet", .. arguments]
            : ["dotnet", .. arguments];
        return new(ChildProcess.Start(command[0], command[1..], Path.Combine(run.Folder, "console.log")), address);
    }

    private static string Folder(BenchRun run) => Path.Combine(run.Folder, "console");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
