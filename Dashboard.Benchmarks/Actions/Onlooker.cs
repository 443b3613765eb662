using System.Globalization;
using System.Text.Json;
using Dashboard.Benchmarks.Workers;
using Dashboard.Instances;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Another client, in a process of its own: neither our garbage collector nor our threads are in its way.</summary>
/// <param name="pause">After each of its round trips; none to ask in a tight loop.</param>
internal sealed class Onlooker(WorkerProcess worker, TimeSpan pause, BenchRun run) : IAsyncDisposable
{
    public static async Task<Onlooker> StartAsync(BenchRun run, Instance instance, TimeSpan pause) =>
        new(await WorkerProcess.StartAsync(ProbeWorker.Kind, WorkerSetUp.Of([instance], run.Folder)), pause, run);

    /// <summary>Looks on while nothing is done, then while <paramref name="act"/> is.</summary>
    /// <param name="length">Of both; of the second at least.</param>
    public async Task<Beside> BesideAsync(TimeSpan length, Func<Task> act, CancellationToken cancel)
    {
        var idle = await WhileAsync(() => Task.Delay(length, run.Time, cancel));
        var took = TimeSpan.Zero;
        var during = await WhileAsync(async () =>
        {
            var (least, began) = (Task.Delay(length, run.Time, cancel), run.Time.GetTimestamp());
            await act();
            took = run.Time.GetElapsedTime(began);
            await least;
        });
        return new(idle, during, took);
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private async Task<Look> WhileAsync(Func<Task> act)
    {
        await worker.AskAsync(pause.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture));
        await act();
        return JsonSerializer.Deserialize<Look>(await worker.AskAsync(ProbeWorker.End))!;
    }
}
