using Dashboard.Consoles;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;

namespace Dashboard.Browser;

/// <summary>Checks in history whether instances were polled as usual while another one failed.</summary>
internal sealed class PollRegularity(ConsoleProcess console)
{
    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow();

    /// <summary>Asserts that every poll since construction was answered.</summary>
    public async Task HeldAsync(params string[] instances)
    {
        var until = TimeProvider.System.GetUtcNow();
        foreach (var id in instances)
        {
            var since = await SinceAsync(id, until);
            Assert.All(since, row => Assert.True(row.IsKnown, $"{id} was not answered at {row.At:HH:mm:ss.fff}"));
            Assert.True(since.Count > 2, $"{id} was polled {since.Count} times");
        }
    }

    /// <summary>
    /// Asserts as well that none of them waited for the one that hangs: each poll of that one lasts until its deadline, so it is polled far
    /// less often.
    /// </summary>
    public async Task HeldWhileHungAsync(string hung, params string[] instances)
    {
        await HeldAsync(instances);
        var until = TimeProvider.System.GetUtcNow();
        var slow = (await SinceAsync(hung, _from)).Count;
        foreach (var id in instances)
        {
            var polls = (await SinceAsync(id, until)).Count;
            Assert.True(polls > 2 * slow, $"{id} was polled {polls} times, {hung} {slow} times");
        }
    }

    /// <summary>The polls of an instance since construction, once history has them up to <paramref name="until"/>.</summary>
    private async Task<List<Reading>> SinceAsync(string instance, DateTimeOffset until)
    {
        var file = new SqliteFile(console.HistoryFile);
        var rows = await Eventually.Async(
            () => Task.FromResult(StoredRows.Of(file, "1s", InstanceId.Of(instance))), rows => rows.Count > 0 && rows[^1].At >= until);
        file.CloseReaders();
        return [.. rows.Where(row => row.At >= _from)];
    }
}
