using Dapper;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

/// <summary>
/// Removes rows that are older than their tier keeps and, above the size allowed, the oldest rows of the finest tier that has any to spare.
/// Only rows that were rolled up further are removed.
/// </summary>
/// <param name="epochs">What it removes takes space as well: rows that are not too old are removed only after it, but do not wait for it
/// where the file is a tenth larger than allowed.</param>
internal sealed class Pruning(SqliteConnection connection, IReadOnlyList<ReadingTable> tables, RollUp rollUp, EpochPruning epochs)
{
    /// <summary>The most rows removed of one tier and instance at a time: more would hold up readings that wait to be written.</summary>
    private const int Limit = 500;

    /// <summary>How long an instance may be silent before its last stretches are rolled up without waiting for its next reading.</summary>
    private const long SilenceMs = 60_000;

    /// <returns>False when more is left to remove.</returns>
    public bool Run(IEnumerable<long> instances, long now, long maxBytes)
    {
        var all = instances.ToList();
        all.ForEach(instance => rollUp.To(instance, now - SilenceMs));
        var old =
            tables.SelectMany(
                (table, position) => all.Select(instance => Remove(instance, position, now - (long)table.Tier.Kept.TotalMilliseconds)))
                    .DefaultIfEmpty().Max();
        if (old >= Limit)
        {
            return false;
        }

        if (epochs.Step())
        {
            return Shrink(all, maxBytes);
        }

        // With many instances that takes half an hour and more, and readings are written in the meantime.
        if (UsedBytes() / 11 * 10 > maxBytes)
        {
            Shrink(all, maxBytes);
        }

        return false;
    }

    /// <summary>Returns the pages that pruning freed to the disk once they are many; fewer are soon used again.</summary>
    public void ReturnFreePages()
    {
        if (connection.QuerySingle<long>("PRAGMA freelist_count") > 2048)
        {
            connection.Execute("PRAGMA incremental_vacuum(1024)");
        }
    }

    private bool Shrink(List<long> instances, long maxBytes)
    {
        for (var position = 0; position < tables.Count && UsedBytes() > maxBytes; position++)
        {
            if (instances.Sum(instance => Remove(instance, position, long.MaxValue)) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private int Remove(long instance, int position, long before)
    {
        // The newest row stays: it shows how far rolling up has come.
        var newest = tables[position].Rows.Newest(instance) ?? long.MinValue;
        return tables[position].Prune(instance, Math.Min(Math.Min(before, newest), rollUp.Done(instance, position)), Limit);
    }

    private long UsedBytes() =>
        connection.QuerySingle<long>(
            "SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
}
