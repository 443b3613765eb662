using Dashboard.Metrics;
using Dashboard.Metrics.Series;

namespace Dashboard.History;

/// <summary>
/// Makes coarse rows from finer ones, each stretch once, when it has ended. How far it has come is read from the rows themselves, so that a
/// crash cannot make the two differ.
/// </summary>
/// <param name="tables">Finest first.</param>
internal sealed class RollUp(IReadOnlyList<ReadingTable> tables)
{
    /// <summary>By instance and tier, unix milliseconds: every finer row before this is in the tier's rows.</summary>
    private readonly Dictionary<long, long[]> _done = [];

    /// <summary>Until when rows of the tier at this position have been rolled up further; for ever for the coarsest.</summary>
    public long Done(long instance, int position) => position + 1 < tables.Count ? Of(instance)[position + 1] : long.MaxValue;

    /// <summary>
    /// Adds a row just written to the coarse rows whose stretch was rolled up without it (a late row: the clock was set back).
    /// </summary>
    public void Include(long instance, Reading reading)
    {
        var at = reading.At.ToUnixTimeMilliseconds();
        var done = Of(instance);
        for (var position = 1; position < tables.Count && at < done[position]; position++)
        {
            var table = tables[position];
            var start = ReadingBuckets.StartOf(at, table.Tier.StepMs);
            var before = table.Rows.Between(instance, start, start + 1);
            table.Put(
                instance, before is [var row] ? row.Then(reading) : reading with { At = DateTimeOffset.FromUnixTimeMilliseconds(start) });
        }
    }

    /// <summary>Rolls up every stretch that ended by <paramref name="horizon"/> (unix milliseconds).</summary>
    public void To(long instance, long horizon)
    {
        var done = Of(instance);
        for (var position = 1; position < tables.Count; position++)
        {
            var step = tables[position].Tier.StepMs;
            var end = ReadingBuckets.StartOf(horizon, step);
            if (end > done[position])
            {
                foreach (var bucket in ReadingBuckets.Of(tables[position - 1].Rows.Between(instance, done[position], end), step))
                {
                    tables[position].Put(instance, bucket);
                }

                done[position] = end;
            }

            horizon = done[position];
        }
    }

    private long[] Of(long instance)
    {
        if (!_done.TryGetValue(instance, out var done))
        {
            _done[instance] =
                done = [.. tables.Select(table => table.Rows.Newest(instance) is { } last ? last + table.Tier.StepMs : long.MinValue)];

            // A stretch without finer rows left no coarse row. What the coarser tier has, the finer one had completed.
            for (var position = tables.Count - 2; position > 0; position--)
            {
                done[position] = Math.Max(done[position], done[position + 1]);
            }
        }

        return done;
    }
}
