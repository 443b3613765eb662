using System.Diagnostics;
using System.Globalization;
using Dashboard.Actions.Scanning;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Demo;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Actions;

/// <summary>
/// What it costs a scan to check the server in the step of each page: without pauses, compared with the tool that people use for scans.
/// </summary>
/// <remarks>
/// valkey-cli scans Redis as well: the redis-cli of Redis 7.0 has no <c>--count</c>, and its pages of 10 keys would not be comparable.
/// </remarks>
internal sealed class ScanSpeed : IBenchmark
{
    private const string Client = "valkey-cli";

    public string Name => "walk-speed";

    public string What => "a scan of 1 M keys without pauses, compared with valkey-cli --scan --count 100 on the same server";

    public Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel) =>
        ServerKinds.EachAsync(Name, (name, program) => OfAsync(run, name, program, cancel));

    private static async Task<IReadOnlyList<Measure>> OfAsync(BenchRun run, string name, string program, CancellationToken cancel)
    {
        var client = ServerProgram.Find(Client) ?? throw new BenchException($"Found no {Client} in PATH. Run `setup/install valkey`, "
            + $"then try again.");
        var keys = run.Pick(1_000_000L, 200_000L);
        await using var cache = await BigCache.StartAsync(run, program, cancel);
        await cache.FillAsync(keys, TimeSpan.FromDays(1), cancel);
        await ConsoleScanAsync(cache, keys, cancel);
        var rounds = new List<(double Console, double Client)>();
        while (rounds.Count < run.Pick(5, 3))
        {
            rounds.Add(
                (await SecondsAsync(() => ConsoleScanAsync(cache, keys, cancel), run.Time),
                    await SecondsAsync(() => ClientScanAsync(client, cache.Instance, cancel), run.Time)));
        }

        var ratio = Spread.Of([.. rounds.Select(round => round.Console / round.Client)]);
        return
        [
            new(name, ratio.Median, "x of --scan", 1.5, $"{ratio}; {keys} keys, {cache.Server}"),
            new($"{name}.walk", Percentiles.Median(rounds.Select(round => round.Console)), "s"),
            new($"{name}.scan", Percentiles.Median(rounds.Select(round => round.Client)), "s"),
        ];
    }

    private static async Task ConsoleScanAsync(BigCache cache, long keys, CancellationToken cancel)
    {
        var (cursor, seen) = (ScanPage.Start, 0L);
        do
        {
            var page = await RequiredStep.DoneAsync(cache.Acting.ReclaimAsync(cache.Guard, cursor, ScanBudget.Default.PageSize, cancel));
            (cursor, seen) = (page.Cursor, seen + page.Seen);
        }
        while (cursor != ScanPage.Start);
        if (seen < keys)
        {
            throw new BenchException($"Of {keys} keys the scan saw {seen}.");
        }
    }

    private static async Task ClientScanAsync(string client, Instance instance, CancellationToken cancel)
    {
        string[] scan =
            [client, "-p", instance.Address.Port.ToString(CultureInfo.InvariantCulture), "--scan", "--count",
                $"{ScanBudget.Default.PageSize}"];
        var start = new ProcessStartInfo("sh", ["-c", "exec \"$@\" >/dev/null", "sh", .. scan]);
        start.Environment["REDISCLI_AUTH"] = (await File.ReadAllTextAsync(instance.PasswordFile!, cancel)).TrimEnd('\n');
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(cancel);
        if (process.ExitCode != 0)
        {
            throw new BenchException($"{Client} --scan failed: its output is above.");
        }
    }

    private static async Task<double> SecondsAsync(Func<Task> act, TimeProvider time)
    {
        var began = time.GetTimestamp();
        await act();
        return time.GetElapsedTime(began).TotalSeconds;
    }
}
