using System.Globalization;
using System.Text.Json;
using Dashboard.Benchmarks.Workers;
using Dashboard.Instances;

namespace Dashboard.Benchmarks.Actions;

/// <summary>Another client, in a process of its own: neither the garbage collector nor the threads of this process delay it.</summary>
/// <param name="begin">The question with which the worker begins to measure.</param>
internal sealed class OtherClient(WorkerProcess worker, string begin, BenchRun run) : IAsyncDisposable
{
    /// <summary>With its round trip, 1,000 to 1,500 questions per second: a client that asks often and does not disturb.</summary>
    public static readonly TimeSpan Undisturbing = TimeSpan.FromMicroseconds(600);

    /// <param name="pid">The server's process.</param>
    /// <param name="pause">The pause after each of its round trips; zero to ask in a tight loop.</param>
    public static async Task<OtherClient> StartAsync(BenchRun run, Instance instance, int pid, TimeSpan pause) => new(
        await WorkerProcess.StartAsync(ProbeWorker.Kind, WorkerSetUp.Of([instance], run.Folder)),
        string.Create(CultureInfo.InvariantCulture, $"{pid} {pause.TotalMicroseconds:0}"),
        run);

    /// <summary>Measures while nothing is done, then while <paramref name="act"/> runs.</summary>
    /// <param name="length">The length of both measurements; of the second at least.</param>
    public async Task<ClientComparison> BesideAsync(TimeSpan length, Func<Task> act, CancellationToken cancel)
    {
        var idle = await WhileAsync(() => Task.Delay(length, run.Time, cancel));
        var took = TimeSpan.Zero;
        var during = await WhileAsync(async () =>
        {
            var (minimum, began) = (Task.Delay(length, run.Time, cancel), run.Time.GetTimestamp());
            await act();
            took = run.Time.GetElapsedTime(began);
            await minimum;
        });
        return new(idle, during, took);
    }

    public ValueTask DisposeAsync() => worker.DisposeAsync();

    private async Task<RoundTripSummary> WhileAsync(Func<Task> act)
    {
        await worker.AskAsync(begin);
        var seen = "";
        try
        {
            await act();
        }
        finally
        {
            seen = await worker.AskAsync(ProbeWorker.End);
        }

        return JsonSerializer.Deserialize<RoundTripSummary>(seen)!;
    }
}
