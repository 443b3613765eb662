using System.Text.Json;
using Dashboard.History;
using Dashboard.Monitoring;
using Dashboard.Storage.Sqlite;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// Watches as the console does, in real time with its own pollers and history, and records when each poll began and when its result was
/// known.
/// </summary>
internal sealed class WatchWorker : IWorker
{
    public const string Kind = "watch";

    private readonly CancellationTokenSource _stop = new();
    private readonly HistoryWriter _history;
    private readonly FleetHistory _link;
    private readonly PollTimes _times;
    private readonly Task _polling;

    public WatchWorker(WorkerSetUp setUp)
    {
        var (settings, time) = (setUp.Settings(), TimeProvider.System);
        var fleet = new Fleet(settings, NullLogger<Fleet>.Instance);
        _history =
            new(new SqliteFile(Path.Combine(setUp.DataFolder, "history.db")), new HistoryOptions(), time,
                NullLogger<HistoryWriter>.Instance);
        _link = new(fleet, _history);
        _times = new(settings.Instances.Select(instance => instance.Id), time);
        _polling = RunAsync();

        async Task RunAsync()
        {
            await _history.StartAsync(_stop.Token);
            await _link.StartAsync(_stop.Token);
            using var watch = fleet.Watch(state => _times.Known(state.Instance.Id));
            await Task.WhenAll(settings.Instances.Select(instance => Task.Run(async () =>
            {
                await using var server =
                    new TimedServer(new ValkeyServers(time).Watcher(instance, settings.PollTimeout), () => _times.Began(instance.Id));
                await new Poller(instance, server, fleet, settings, time, NullLogger<Poller>.Instance).RunAsync(
                    new PollRequest(time), _stop.Token);
            })));
        }
    }

    /// <returns>By instance: moments at which polls began and were known, in milliseconds since the start.</returns>
    public Task<string> AnswerAsync(string question) => Task.FromResult(JsonSerializer.Serialize(_times.All()));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _polling;
        await _link.StopAsync(default);
        await _history.StopAsync(default);
        _history.Dispose();
        _stop.Dispose();
    }
}
