using System.Text.Json;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Benchmarks.Servers;
using Dashboard.Benchmarks.Workers;
using Dashboard.Instances;

namespace Dashboard.Benchmarks.Watching;

/// <summary>A child process that watches in real time, seen from outside.</summary>
internal sealed class Watch(WorkerProcess worker, BenchRun run) : IAsyncDisposable
{
    /// <summary>Within this time, connections are made and the busiest code is compiled.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    public TimeSpan Cpu => worker.Cpu;

    /// <summary>Starts this many pollers at one poll per second, over the servers in turn, and waits for their warm-up.</summary>
    public static async Task<Watch> StartAsync(BenchRun run, BenchServers servers, int pollers, CancellationToken cancel)
    {
        List<Instance> watched = [.. servers.Instances];
        var instances = Enumerable.Range(0, pollers)
            .Select(
                number => watched[number % watched.Count] with { Id = InstanceId.Of($"p{number}-{watched[number % watched.Count].Id}") });
        var worker = await WorkerProcess.StartAsync(WatchWorker.Kind, WorkerSetUp.Of(instances, run.Fresh($"data-{pollers}")));
        await Task.Delay(WarmUp, run.Time, cancel);
        return new(worker, run);
    }

    /// <summary>The polls of the next <paramref name="length"/>.</summary>
    /// <param name="counts">Which pollers count, by their id.</param>
    public async Task<WatchSample> DuringAsync(TimeSpan length, Func<string, bool> counts, CancellationToken cancel)
    {
        var (before, cpu, started) = (await TimesAsync(), Cpu, run.Time.GetTimestamp());
        await Task.Delay(length, run.Time, cancel);
        var (after, used, passed) = (await TimesAsync(), Cpu - cpu, run.Time.GetElapsedTime(started));
        var pollers = after.Where(pair => counts(pair.Key))
            .Select(pair => (Before: before[pair.Key], After: pair.Value))
            .ToList();
        return new(
            [.. pollers.SelectMany(one => Since(one.After.Began, one.Before.Began.Count, one.After.Began[0]))],
            [.. pollers.SelectMany(one => Since(one.After.Known, one.Before.Known.Count, one.After.Began[0]))],
            used,
            passed);
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    /// <summary>Measured against the beat that the poller's first poll set, however long ago.</summary>
    private static IEnumerable<double> Since(List<double> moments, int before, double first) =>
        Lateness.Of(moments.Skip(before), first, 1000);

    private async Task<Dictionary<string, PollTimes.Moments>> TimesAsync() =>
        JsonSerializer.Deserialize<Dictionary<string, PollTimes.Moments>>(await worker.AskAsync("times"))!;
}
