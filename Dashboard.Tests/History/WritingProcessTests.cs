using System.Globalization;
using Dashboard.Metrics;
using Dashboard.Servers;
using Dashboard.Store;

namespace Dashboard.History;

[Trait("Slow", "yes")]
public sealed class WritingProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledProcess_LosesFiveSecondsAtMost_AndItsFileGoesOn()
    {
        var file = new SqliteFile(_folder.File("history.db"));
        await using var process = await ServerProcess.StartAsync(_folder.Path, WritingChild.Command(file.Path));
        await Eventually.Async(() => Task.FromResult(File.Exists(file.Path) && file.Bytes > 0 && Said(process).State == "Working"));
        await Eventually.Async(() => Task.FromResult(StoredRows.Of(file, "1s").Count > 25));

        await process.KillAsync();

        var last = Said(process).At;
        file.CloseReaders();
        using (var store = HistoryStore.Open(file))
        {
            store.Check();
            store.Write([new(StoredRows.Cache, new SomeReadings(2).One(DateTimeOffset.FromUnixTimeMilliseconds(last + 600_000)))]);
        }

        var rows = StoredRows.Of(file, "1s");
        Assert.InRange(last - rows[^2].At.ToUnixTimeMilliseconds(), 0, 5000);
        StoredRows.AssertTruth(file);
        file.CloseReaders();
    }

    [Fact]
    public async Task FullDisk_MakesReadingsWait_KeepsWhatIsThere_AndHealsByItself()
    {
        var data = _folder.Make("data");
        await using var process = await ServerProcess.StartAsync(_folder.Path, SmallDisk.Around(data, WritingChild.Command(Path.Combine(data, "history.db"))));
        var disk = $"/proc/{process.Pid}/root{data}";
        await Eventually.Async(() => Task.FromResult(Said(process).State == "Working"));
        Fill(Path.Combine(disk, "something-else"));

        await Eventually.Async(() => Task.FromResult(Said(process) is { State: "Waiting" } said && said.Why.Contains("is full", StringComparison.Ordinal)));
        var waited = Said(process).Waiting;
        await Eventually.Async(() => Task.FromResult(Said(process).Waiting > waited + 5));
        File.Delete(Path.Combine(disk, "something-else"));
        await Eventually.Async(() => Task.FromResult(Said(process) is { State: "Working", Waiting: < 30 }));

        process.Stop();
        foreach (var path in Directory.GetFiles(disk, "history.db*").Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(path, _folder.File(Path.GetFileName(path)));
        }

        var file = new SqliteFile(_folder.File("history.db"));
        using (var store = HistoryStore.Open(file))
        {
            store.Check();
        }

        var rows = StoredRows.Of(file, "1s");
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.InRange((pair.Second.At - pair.First.At).TotalSeconds, 0, 2));
        StoredRows.AssertTruth(file);
        file.CloseReaders();
    }

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                file.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // No space left: that is what was wanted.
        }
    }

    /// <summary>The newest whole line of the child.</summary>
    private static (long At, string State, int Waiting, string Why) Said(ServerProcess process)
    {
        var line = process.Said.Split('\n').LastOrDefault(line => line.StartsWith("at ", StringComparison.Ordinal));
        return line?.Split(' ', 5) is [_, var at, var state, var waiting, var why]
            ? (long.Parse(at, CultureInfo.InvariantCulture), state, int.Parse(waiting, CultureInfo.InvariantCulture), why)
            : (0, "", 0, "");
    }
}
