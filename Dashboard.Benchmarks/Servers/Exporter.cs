using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Dashboard.Demo;

namespace Dashboard.Benchmarks.Servers;

/// <summary>
/// The peer: <c>prometheus-redis-exporter</c> as its package ships it, watching one of the servers, asked over HTTP as by Prometheus.
/// </summary>
internal sealed class Exporter : IAsyncDisposable
{
    public const string Program = "prometheus-redis-exporter";

    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(10);
    private readonly Process _process;
    private readonly HttpClient _prometheus;

    private Exporter(Process process, int port) => (_process, _prometheus) =
        (process, new() { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) });

    public int Pid => _process.Id;

    public static async Task<Exporter> StartAsync(DemoServer server, BenchRun run, CancellationToken cancel)
    {
        var program = ServerProgram.Find(Program) ?? throw new BenchException($"Found no {Program} in PATH. Run `setup/install "
            + $"exporter`, then try again.");
        var (folder, port) = (run.Fresh("exporter"), FreePort());
        var address = string.Create(CultureInfo.InvariantCulture, $"redis://127.0.0.1:{server.Port}");
        var passwords = Path.Combine(folder, "passwords.json");
        var password = (await File.ReadAllTextAsync(server.PasswordFile, cancel)).TrimEnd('\n');
        await File.WriteAllTextAsync(passwords, JsonSerializer.Serialize(new Dictionary<string, string> { [address] = password }), cancel);
        string[] arguments =
            ["-redis.addr", address, "-redis.password-file", passwords, "-web.listen-address",
                string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")];
        var exporter = new Exporter(ChildProcess.Start(program, arguments, Path.Combine(folder, "log")), port);
        await exporter.ReadyAsync(run, cancel);
        return exporter;
    }

    /// <summary>One scrape.</summary>
    /// <exception cref="BenchException">It did not reach the server.</exception>
    public async Task ScrapeAsync(CancellationToken cancel)
    {
        var metrics = await _prometheus.GetStringAsync("metrics", cancel);
        if (!metrics.Contains("redis_up 1", StringComparison.Ordinal))
        {
            throw new BenchException($"{Program} cannot reach its server.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _prometheus.Dispose();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync(BenchRun run, CancellationToken cancel)
    {
        for (var started = run.Time.GetTimestamp(); ;)
        {
            try
            {
                await ScrapeAsync(cancel);
                return;
            }
            catch (HttpRequestException) when (run.Time.GetElapsedTime(started) < ReadyWithin)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), run.Time, cancel);
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
