using System.Globalization;
using Dashboard.History;
using Dashboard.Monitoring;
using Dashboard.Storage.Sqlite;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// Does seconds of watching one after the other without waiting for them to pass: each instance is polled once, folded, evaluated and
/// passed to history, which is written every two seconds as in the console.
/// </summary>
internal sealed class PollWorker : IWorker
{
    public const string Kind = "poll";

    private readonly SteppedClock _clock = new();
    private readonly List<IServerWatcher> _servers = [];
    private readonly List<Poller> _pollers = [];
    private readonly HistoryWriter _history;
    private readonly FleetHistory _link;
    private long _seconds;

    public PollWorker(WorkerSetUp setUp)
    {
        var settings = setUp.Settings();
        var fleet = new Fleet(settings, NullLogger<Fleet>.Instance);
        _history =
            new(new SqliteFile(Path.Combine(setUp.DataFolder, "history.db")), new HistoryOptions(), _clock,
                NullLogger<HistoryWriter>.Instance);
        _link = new(fleet, _history);
        foreach (var instance in settings.Instances)
        {
            var server = new ValkeyServers(TimeProvider.System).Watcher(instance, settings.PollTimeout);
            _servers.Add(server);
            _pollers.Add(new Poller(instance, server, fleet, settings, _clock, NullLogger<Poller>.Instance));
        }
    }

    /// <param name="question">The number of seconds.</param>
    /// <returns>The bytes allocated in that time.</returns>
    public async Task<string> AnswerAsync(string question)
    {
        await (_seconds == 0 ? _link.StartAsync(default) : Task.CompletedTask);
        var allocated = GC.GetTotalAllocatedBytes();
        for (var left = int.Parse(question, CultureInfo.InvariantCulture); left > 0; left--)
        {
            await SecondAsync();
        }

        return (GC.GetTotalAllocatedBytes() - allocated).ToString(CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _link.StopAsync(default);
        _history.Close();
        _history.Dispose();
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    private async Task SecondAsync()
    {
        _clock.Step();
        foreach (var poller in _pollers)
        {
            await poller.PollAsync(default);
        }

        if (++_seconds % (long)HistoryWriter.Every.TotalSeconds == 0)
        {
            // As the writer's own loop does it, thread included.
            await Task.Factory.StartNew(_history.Flush, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }
}
