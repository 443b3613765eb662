namespace Dashboard.KeptFiles;

/// <summary>
/// Opening a set changes no row, runs no script twice and leaves sound files. The newest set has a value in each table and column of today.
/// </summary>
[Trait("Slow", "yes")]
public sealed class KeptTablesTests
{
    private static readonly string[] Files = ["console.db", "history.db"];

    /// <summary>Columns that a starting console may change in existing rows. All other columns keep their values.</summary>
    private static readonly Dictionary<string, string[]> MayChange = new()
    {
        // A run whose console has ended is ended, and its result is unknown.
        ["runs"] = ["ended_at", "result", "sentence", "counts"],
        // Undo was not available while no console ran, so it is offered for another minute.
        ["swaps"] = ["ends_at"],
    };

    /// <summary>Tables that lose rows: the lease of an act whose console has ended is removed when the act is given up.</summary>
    private static readonly string[] MayShrink = ["leases"];

    /// <summary>Tables that get rows: what starting and watching writes, and the scripts of later builds.</summary>
    private static readonly string[] MayGrow = ["audit", "readings_1s", "readings_10s", "readings_1m", "readings_15m", "SchemaVersions"];

    /// <summary>Tables and columns (<c>runs.says</c>) added after the newest set was made. The next set empties this list.</summary>
    private static readonly string[] NewerThanTheNewestSet =
        ["revocation_steps", "revoked_tokens", "runs.slot", "store_identity", "swaps.begun_at", "swaps.foreign_keys"];

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Row_StaysAsItWas(string set)
    {
        await using var opened = await OpenedAndStoppedAsync(new(set));

        foreach (var (before, after) in Compared(opened))
        {
            Assert.Empty(before.Tables.Except(after.Tables));
            Assert.All(before.Tables, table => AssertSame(table, before, after));
            Assert.Equal("ok", after.Integrity);
        }
    }

    [Theory, MemberData(nameof(KeptSet.Names), MemberType = typeof(KeptSet))]
    public async Task Script_RunsOnce(string set)
    {
        await using var opened = await OpenedAndStoppedAsync(new(set));

        foreach (var (before, after) in Compared(opened))
        {
            Assert.Equal(before.Scripts, after.Scripts.Take(before.Scripts.Count));
            Assert.Distinct(after.Scripts.Select(NumberOf));
        }
    }

    [Fact]
    public async Task NewestSet_HasAValueInEachTableAndColumn()
    {
        await using var opened = await OpenedAndStoppedAsync(KeptSet.All[^1]);

        // README.md says how to make a set.
        Assert.Equal(NewerThanTheNewestSet, Compared(opened).SelectMany(pair => Missing(pair.Before, pair.After)));
    }

    private static async Task<OpenedSet> OpenedAndStoppedAsync(KeptSet set)
    {
        var opened = new OpenedSet(set, OpenedSets.After);
        await opened.StartAsync();
        await opened.StopAsync();
        return opened;
    }

    private static IEnumerable<(TableRows Before, TableRows After)> Compared(OpenedSet opened)
    {
        foreach (var file in Files)
        {
            using var before = new TableRows(opened.Set.File(file));
            using var after = new TableRows(Path.Combine(opened.DataFolder, file));
            yield return (before, after);
        }
    }

    private static void AssertSame(string table, TableRows before, TableRows after)
    {
        var columns = before.Columns(table).Except(MayChange.GetValueOrDefault(table, [])).ToList();
        var (was, now) = (before.Rows(table, columns), after.Rows(table, columns));
        Assert.Equal(MayShrink.Contains(table) ? was.Intersect(now) : was, MayGrow.Contains(table) ? now.Intersect(was) : now);
    }

    /// <summary>For history.db, only the tables: many of its columns are of metrics that not every server has.</summary>
    private static IEnumerable<string> Missing(TableRows kept, TableRows present) => present.Tables.SelectMany(table =>
        !kept.Tables.Contains(table) || kept.Count(table) == 0 ? [table]
        : table.StartsWith("readings_", StringComparison.Ordinal) ? []
        : present.Columns(table).Where(column => !kept.HasValue(table, column)).Select(column => $"{table}.{column}"));

    /// <summary>E.g. <c>0001-audit.sql</c>: a script runs once, whatever precedes its number.</summary>
    private static string NumberOf(string script) => string.Join('.', script.Split(" at ")[0].Split('.')[^2..]);
}
