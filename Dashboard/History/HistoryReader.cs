using Dapper;
using Dashboard.History.Columns;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>Reads one instance's rows through one connection, all tiers as of the same moment.</summary>
internal sealed class HistoryReader(SqliteConnection connection, ReadingColumns columns)
{
    /// <summary>
    /// The tier's rows in the range. What is not yet rolled up into it comes from finer tiers, what is not yet written from
    /// <paramref name="recent"/>.
    /// </summary>
    public List<Reading> Read(InstanceId instance, Tier tier, HistoryRange range, IReadOnlyList<Reading> recent)
    {
        using var transaction = connection.BeginTransaction(deferred: true);
        if (connection.QuerySingleOrDefault<long?>(
            "SELECT number FROM instances WHERE id = @id", new { id = instance.Value }) is not { } number)
        {
            return Recent(tier, range, recent);
        }

        using var epochs = new Epochs(connection);
        var readings = new List<Reading>();
        var rolledUpTo = range.From;
        for (var position = Tier.All.IndexOf(tier); position >= 0 && rolledUpTo < range.To; position--)
        {
            using var rows = new ReadingRows(connection, Tier.All[position], epochs, columns);
            var found = rows.Between(number, rolledUpTo, range.To);
            readings.AddRange(position == 0 ? Merge(found, recent, new(rolledUpTo, range.To)) : found);
            rolledUpTo = Math.Max(rolledUpTo, rows.Newest(number) + Tier.All[position].StepMs ?? rolledUpTo);
        }

        return InTier(tier, readings);
    }

    /// <summary>
    /// The tier given, or a coarser one where its rows do not reach back to <paramref name="from"/> and the coarser one's do: a file at its
    /// maximum size keeps little of the finest tier.
    /// </summary>
    public Tier TierReaching(InstanceId instance, Tier tier, long from)
    {
        for (var position = Tier.All.IndexOf(tier); position + 1 < Tier.All.Length; position++)
        {
            var (here, coarser) = (Oldest(Tier.All[position]), Oldest(Tier.All[position + 1]));
            if (here <= from || coarser >= here - Tier.All[position + 1].StepMs)
            {
                return Tier.All[position];
            }
        }

        return Tier.All[^1];

        long Oldest(Tier at) => connection.QuerySingle<long?>(
            $"SELECT min(at) FROM {at.Table} WHERE instance = (SELECT number FROM instances WHERE id = @id)", new { id = instance.Value })
                ?? long.MaxValue;
    }

    /// <summary>What is known without the store.</summary>
    public static List<Reading> Recent(Tier tier, HistoryRange range, IReadOnlyList<Reading> recent) =>
        InTier(tier, Merge([], recent, range));

    private static List<Reading> InTier(Tier tier, List<Reading> readings) =>
        tier == Tier.All[0] ? readings : [.. ReadingBuckets.Of(readings, tier.StepMs)];

    /// <summary>Stored and recent readings without duplicates; the store keeps whole milliseconds.</summary>
    private static List<Reading> Merge(List<Reading> stored, IReadOnlyList<Reading> recent, HistoryRange range)
    {
        var fresh = new Dictionary<long, Reading>();
        foreach (var reading in recent.Where(reading => range.Holds(reading.At.ToUnixTimeMilliseconds())))
        {
            fresh[reading.At.ToUnixTimeMilliseconds()] = reading;
        }

        return [
            .. stored.Where(reading => !fresh.ContainsKey(reading.At.ToUnixTimeMilliseconds())).Concat(fresh.Values)
                .OrderBy(reading => reading.At)];
    }
}
