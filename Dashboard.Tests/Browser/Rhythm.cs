using Dashboard.Consoles;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Servers;
using Dashboard.Store;

namespace Dashboard.Browser;

/// <summary>Whether instances were polled at their usual pace while another was in trouble, as history has it.</summary>
internal sealed class Rhythm(ConsoleProcess console)
{
    /// <summary>Polls come each second; none was left out if two are never this far apart, on a busy machine too.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1.9);

    private readonly DateTimeOffset _from = TimeProvider.System.GetUtcNow();

    /// <summary>Every poll since this was made was answered, and in time.</summary>
    public async Task HeldAsync(params string[] instances)
    {
        var until = TimeProvider.System.GetUtcNow();
        var file = new SqliteFile(console.HistoryFile);
        foreach (var id in instances.Select(InstanceId.Of))
        {
            // Written each two seconds.
            var rows = await Eventually.Async(
                () => Task.FromResult(StoredRows.Of(file, "1s", id)), rows => rows.Count > 0 && rows[^1].At >= until);
            var since = rows.Where(row => row.At >= _from).ToList();
            Assert.All(since, row => Assert.True(row.Knows, $"{id} was not answered at {row.At:HH:mm:ss.fff}"));
            Assert.All(since.Zip(since.Skip(1)), pair => Assert.True(pair.Second.At - pair.First.At < Longest, $"{id} was not polled between {pair.First.At:HH:mm:ss.fff} and {pair.Second.At:HH:mm:ss.fff}"));
            Assert.True(since.Count > 2, $"{id} was polled {since.Count} times");
        }

        file.CloseReaders();
    }
}
