using System.Globalization;
using Dashboard.History;
using Dashboard.Metrics;
using Dashboard.Servers;
using Dashboard.Storage.Sqlite;

namespace Dashboard.Scenarios;

[Trait("Slow", "yes")]
public sealed class TwoProcessesWriteHistoryTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task KilledProcess_LosesNothingThatWasWritten_AndItsFileIsContinued()
    {
        var file = new SqliteFile(_folder.File("history.db"));
        await using var process = await ServerProcess.StartAsync(_folder.Path, WritingChild.Command(file.Path));
        await Eventually.Async(() => Task.FromResult(File.Exists(file.Path) && file.Bytes > 0 && NewestLine(process).State == "Working"));
        await Eventually.Async(() => Task.FromResult(StoredRows.Of(file, "1s").Count > 25));

        var written = StoredRows.Of(file, "1s");
        await process.KillAsync();

        file.CloseReaders();
        using (var store = HistoryStore.Open(file))
        {
            store.Check();
            store.Write([new(StoredRows.Cache, new SomeReadings(2).One(written[^1].At.AddMinutes(10)))]);
        }

        var rows = StoredRows.Of(file, "1s");
        Assert.Equal(written.Select(row => row.At), rows.Take(written.Count).Select(row => row.At));
        Assert.Equal(written[^1].At.AddMinutes(10), rows[^1].At);
        StoredRows.AssertRollUpsAgree(file);
        file.CloseReaders();
    }

    [Fact]
    public async Task FullDisk_MakesReadingsWait_KeepsWhatIsStored_AndRecovers()
    {
        var data = _folder.Make("data");
        await using var process =
            await ServerProcess.StartAsync(_folder.Path, SmallDisk.Around(data, WritingChild.Command(Path.Combine(data, "history.db"))));
        var disk = $"/proc/{process.Pid}/root{data}";
        await Eventually.Async(() => Task.FromResult(NewestLine(process).State == "Working"));
        Fill(Path.Combine(disk, "something-else"));

        await Eventually.Async(
            () => Task.FromResult(
                NewestLine(process) is { State: "Waiting" } line && line.Why.Contains("is full", StringComparison.Ordinal)));
        var waited = NewestLine(process).Waiting;
        await Eventually.Async(() => Task.FromResult(NewestLine(process).Waiting > waited + 5));
        File.Delete(Path.Combine(disk, "something-else"));
        await Eventually.Async(() => Task.FromResult(NewestLine(process) is { State: "Working", Waiting: < 30 }));

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

        var rows = StoredRows.Of(file, "1s").Select(row => row.At.ToUnixTimeMilliseconds()).ToList();
        var last = LinesOf(process).Last(line => rows.Contains(line.At));
        Assert.Equal(last.Count, rows.Count(at => at <= last.At));
        StoredRows.AssertRollUpsAgree(file);
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
            // No space left, as intended.
        }
    }

    /// <summary>The newest whole line of the child.</summary>
    private static Line NewestLine(ServerProcess process) => LinesOf(process).LastOrDefault(new Line(0, 0, "", 0, ""));

    private static IEnumerable<Line> LinesOf(ServerProcess process) =>
        from line in process.Output.Split('\n')
        let words = line.Split(' ', 6)
        where words is ["reading", _, _, _, _, _]
        select new Line(Number(words[1]), long.Parse(words[2], CultureInfo.InvariantCulture), words[3], Number(words[4]), words[5]);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <param name="Count">Readings so far.</param>
    /// <param name="At">The newest one's time, in unix milliseconds.</param>
    private sealed record Line(int Count, long At, string State, int Waiting, string Why);
}
