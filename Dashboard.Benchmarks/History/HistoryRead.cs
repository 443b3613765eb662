using System.Collections.Immutable;
using Dashboard.Benchmarks.Measuring;
using Dashboard.Components.Circuits;
using Dashboard.Components.Instances;
using Dashboard.Configuration;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics.Series;
using Dashboard.Monitoring;
using Dashboard.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks.History;

/// <summary>How long a person waits for a page's charts after choosing a window, when history is as full as it gets.</summary>
internal sealed class HistoryRead : IBenchmark
{
    private const int WarmUp = 10;

    /// <summary>The window with the goal.</summary>
    private const string GoalWindow = "24h";

    public string Name => "history-read";

    public string What => "a full store (3 instances, 400 days) to the points of every chart of an instance's page";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchRun run, CancellationToken cancel)
    {
        MonitoringSettings settings =
            new([Watched("cache", Purpose.Cache), Watched("cable", Purpose.Cable), Watched("session", Purpose.Session)],
                TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "bench");
        var (file, now) = (new SqliteFile(Path.Combine(run.Fresh("history"), "history.db")), run.Time.GetUtcNow());
        BenchRun.ReportProgress("filling the store");
        var started = run.Time.GetTimestamp();
        var rows = new StoreFiller(file, now).Fill([.. settings.Instances.Select(instance => instance.Id)]);
        var filled = run.Time.GetElapsedTime(started);
        using var writer = new HistoryWriter(file, new HistoryOptions(), run.Time, NullLogger<HistoryWriter>.Instance);
        writer.Flush();
        var source = new ChartSource(new HistoryQuery(file, writer, settings, run.Time), writer);
        var snapshot = FleetSnapshot.Of(new Fleet(settings, NullLogger<Fleet>.Instance).States);
        var measures = ImmutableArray.CreateBuilder<Measure>();
        foreach (var window in ChartWindow.All)
        {
            var times = await TimesAsync(run, settings.Instances, source, snapshot, window, now, cancel);
            measures.Add(new(
                window.Key == GoalWindow ? Name : $"{Name}.{window.Key}", Percentiles.Of(times, 0.95), "ms, p95",
                window.Key == GoalWindow ? 50 : null,
                FormattableString.Invariant($"median {Percentiles.Median(times):0.0} ms of {times.Count} pages")));
        }

        measures.Add(
            new($"{Name}.row", (double)file.Bytes / rows, "bytes a row", Note: $"{rows} stored readings, {file.Bytes >> 20} MB, filled "
                + $"in {filled.TotalSeconds:0} s"));
        writer.Close();
        file.CloseReaders();
        return measures.ToImmutable();
    }

    /// <summary>Times each instance's page in turn, in milliseconds.</summary>
    private static async Task<List<double>> TimesAsync(
        BenchRun run, IReadOnlyList<Instance> instances, ChartSource source, FleetSnapshot snapshot, ChartWindow window, DateTimeOffset now,
        CancellationToken cancel)
    {
        var (view, times) = (TimeView.Read(window.Key, null, null), new List<double>());
        for (var page = 0; page < WarmUp + run.Pick(60, 21); page++)
        {
            cancel.ThrowIfCancellationRequested();
            var instance = instances[page % instances.Count];
            var started = run.Time.GetTimestamp();
            var charts = new LiveCharts(instance, InstanceCharts.Of(instance.Purpose), source, now);
            await charts.ShowAsync(snapshot, view, now);
            var message = charts.Feed.Take();
            var took = run.Time.GetElapsedTime(started);
            if (charts.Notice is not null || message is null
                || message.Charts.Any(chart => chart.Tracks.All(track => track.T.Length == 0)))
            {
                throw new BenchException($"The page of {instance.Id} over {window.Text} is incomplete.");
            }

            if (page >= WarmUp)
            {
                times.Add(took.TotalMilliseconds);
            }
        }

        return times;
    }

    private static Instance Watched(string id, Purpose purpose) => new(InstanceId.Of(id), purpose, new InstanceAddress("127.0.0.1", 1));
}
