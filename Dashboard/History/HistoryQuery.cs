using Dashboard.Configuration;
using Dashboard.History.Columns;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>
/// Reads history for charts: the stored tier that suits the window, completed up to now from finer tiers and from memory.
/// </summary>
internal sealed class HistoryQuery(SqliteFile file, HistoryWriter writer, MonitoringSettings settings, TimeProvider time)
{
    /// <param name="metrics">Only these are read; a derived metric stands for its parts.</param>
    /// <param name="recent">The newest readings, from monitoring's memory: they may not have been written yet.</param>
    /// <returns>Readings up to before <paramref name="to"/>; from memory alone, with a note, when the store cannot be read.</returns>
    public Task<HistorySlice> ReadAsync(
        InstanceId instance, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Metric> metrics, IReadOnlyList<Reading> recent,
        CancellationToken cancel = default) =>
        ReadAsync(Asked(instance, from, to, metrics), to, recent, cancel);

    /// <summary>
    /// Reads what is new: its points replace those of <paramref name="before"/> from the first new one on. For a window of an hour or less
    /// it needs only memory.
    /// </summary>
    /// <inheritdoc cref="ReadAsync(InstanceId, DateTimeOffset, DateTimeOffset, IReadOnlyCollection{Metric}, IReadOnlyList{Reading},
    /// CancellationToken)"/>
    public Task<HistorySlice> ContinueAsync(
        HistorySlice before, DateTimeOffset to, IReadOnlyList<Reading> recent, CancellationToken cancel = default) =>
        ReadAsync(before with { From = before.TailFrom }, to, recent, cancel);

    private HistorySlice Asked(InstanceId instance, DateTimeOffset from, DateTimeOffset to, IReadOnlyCollection<Metric> metrics)
    {
        var tier = Tier.For(from, to, time.GetUtcNow());
        return new(instance, metrics, tier, ScaleOf(tier, to - from), from, [], null);
    }

    private static HistoryRange RangeOf(HistorySlice asked, DateTimeOffset to) =>
        new(ReadingBuckets.StartOf(asked.Scale.ReadFrom(asked.From).ToUnixTimeMilliseconds(), asked.Tier.StepMs),
            to.ToUnixTimeMilliseconds());

    private static HistorySlice FromMemory(HistorySlice asked, DateTimeOffset to, IReadOnlyList<Reading> recent) =>
        asked with { Readings = HistoryReader.Recent(asked.Tier, RangeOf(asked, to), recent), Note = null };

    private Task<HistorySlice> ReadAsync(HistorySlice asked, DateTimeOffset to, IReadOnlyList<Reading> recent, CancellationToken cancel) =>
        recent.Count > 0 && recent[0].At.ToUnixTimeMilliseconds() <= RangeOf(asked, to).From
            ? Task.FromResult(FromMemory(asked, to, recent))
            : Task.Run(() => FromStore(asked, to, recent), cancel);

    private HistorySlice FromStore(HistorySlice asked, DateTimeOffset to, IReadOnlyList<Reading> recent)
    {
        if (writer.Status.State == HistoryState.Starting)
        {
            return FromMemory(asked, to, recent);
        }

        try
        {
            using var connection = file.OpenToRead();
            var reader = new HistoryReader(connection, new ReadingColumns(asked.Metrics));
            asked = asked.Readings.Count == 0 ? FarEnough(asked, reader, to) : asked;
            return asked with { Readings = reader.Read(asked.Instance, asked.Tier, RangeOf(asked, to), recent), Note = null };
        }
        catch (Exception exception) when (SqliteFailure.Of(exception, file.Path) is { } failure)
        {
            if (failure.Damaged)
            {
                writer.Suspect();
            }

            return FromMemory(asked, to, recent) with { Note = $"{failure.Why} Only the last minutes are shown, from memory." };
        }
    }

    private HistorySlice FarEnough(HistorySlice asked, HistoryReader reader, DateTimeOffset to)
    {
        var tier = reader.TierReaching(asked.Instance, asked.Tier, asked.From.ToUnixTimeMilliseconds());
        return tier == asked.Tier ? asked : asked with { Tier = tier, Scale = ScaleOf(tier, to - asked.From) };
    }

    private ChartScale ScaleOf(Tier tier, TimeSpan length) =>
        ChartScale.For(length, tier.Step > settings.PollInterval ? tier.Step : settings.PollInterval);
}
