using Dashboard.History;
using Dashboard.Metrics;

namespace Dashboard.Scenarios;

public sealed class DamagedHistoryFileTests : IDisposable
{
    private readonly WriterFixture _history = new();
    private readonly List<Reading> _readings = new SomeReadings(1).Each(400);

    public DamagedHistoryFileTests()
    {
        _history.Append(_readings[..300]);
        _history.Writer.Flush();
        _history.Writer.Close();
        _history.File.CloseReaders();
    }

    public void Dispose() => _history.Dispose();

    [Theory]
    [InlineData("garbage where the header should be")]
    [InlineData("cut off")]
    [InlineData("not a database at all")]
    public void DamagedFile_IsSetAsideWhole_AndANewOneIsBegun(string damage)
    {
        Damage(damage);
        var damaged = File.ReadAllBytes(_history.File.Path);

        _history.Append(_readings[300..]);
        _history.Writer.Flush();

        SameReading.Exactly(_readings[300..], _history.Rows);
        var status = _history.Writer.Status;
        Assert.Equal(HistoryState.Working, status.State);
        Assert.StartsWith(_history.File.Path + ".damaged-20260301T12", status.SetAside, StringComparison.Ordinal);
        Assert.Contains(status.SetAside!, status.Notice);
        Assert.Equal(damaged, File.ReadAllBytes(status.SetAside!));
        Assert.Single(
            _history.Logged,
            line => line.StartsWith("Error: ", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void WriteAheadLog_IsSetAsideWithItsDatabase()
    {
        File.WriteAllText(_history.File.Path + "-wal", "the log of a damaged file");
        Damage("not a database at all");

        _history.Writer.Flush();

        Assert.Equal("the log of a damaged file", File.ReadAllText(_history.Writer.Status.SetAside + "-wal"));
    }

    [Fact]
    public async Task DamageInTheMiddle_FoundByAReader_IsSetAsideToo()
    {
        using (var file = File.OpenWrite(_history.File.Path))
        {
            file.Position = file.Length / 4;
            file.Write(new byte[file.Length / 2]);
        }

        var slice = await _history.Read(SomeReadings.Start, SomeReadings.Start.AddMinutes(10), _readings[290..]);
        _history.Writer.Flush();

        Assert.Contains("damaged", slice.Note);
        SameReading.Exactly(_readings[290..], slice.Readings);
        Assert.NotNull(_history.Writer.Status.SetAside);
        Assert.Empty(_history.Rows);
    }

    [Fact]
    public void SecondDamageInTheSameSecond_KeepsBothFiles()
    {
        Damage("not a database at all");
        _history.Writer.Flush();
        _history.Writer.Close();
        _history.File.CloseReaders();
        Damage("not a database at all");
        _history.Writer.Flush();

        Assert.Equal(2, Directory.GetFiles(Path.GetDirectoryName(_history.File.Path)!, "history.db.damaged-*").Length);
    }

    [Fact]
    public void RepeatedDamage_DoesNotFillTheDisk_AndWritingContinuesOnceTheFilesAreMoved()
    {
        var folder = Path.GetDirectoryName(_history.File.Path)!;
        for (var times = 0; times <= HistoryWriter.MaxSetAside; times++)
        {
            Damage("not a database at all");
            _history.Writer.Flush();
            _history.Writer.Close();
            _history.File.CloseReaders();
        }

        Assert.Equal(HistoryWriter.MaxSetAside, Directory.GetFiles(folder, "history.db.damaged-*").Length);
        Assert.Equal(HistoryState.Waiting, _history.Writer.Status.State);
        Assert.Contains("5 files that were damaged earlier are kept beside it", _history.Writer.Status.Notice);

        Directory.GetFiles(folder, "history.db.damaged-*").ToList().ForEach(File.Delete);
        _history.Append(_readings[300..]);
        _history.Writer.Flush();

        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        SameReading.Exactly(_readings[300..], _history.Rows);
    }

    /// <summary>A file damaged in its middle can be opened and written to, and what is written to it is lost with it.</summary>
    [Fact]
    public void DamageInTheMiddle_WithTooManyFilesKept_IsNotWrittenInto_AndIsSetAsideOnceTheyAreMoved()
    {
        var kept = Enumerable.Range(1, HistoryWriter.MaxSetAside + 2)
            .Select(second => $"{_history.File.Path}.damaged-20260101T00000{second}Z").ToList();
        kept.ForEach(file => File.WriteAllText(file, "damaged earlier"));
        DamageAPageOfRows();
        _history.Append(_readings[300..]);
        _history.Writer.Suspect();
        _history.Writer.Flush();
        var damaged = Content(_history.File.Path);

        StaysUntouched(damaged);

        Assert.Contains("7 files that were damaged earlier are kept beside it", _history.Writer.Status.Notice);
        Assert.Single(_history.Logged, line => line.StartsWith("Warning: History is not written", StringComparison.Ordinal));
        kept.Skip(HistoryWriter.MaxSetAside - 1).ToList().ForEach(File.Delete);
        _history.Writer.Flush();

        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        Assert.Equal(damaged, Content(_history.Writer.Status.SetAside!));
        SameReading.Exactly(_readings[300..], _history.Rows);
    }

    [Fact]
    public void DamagedFile_ThatCannotBeMoved_IsNotWrittenInto()
    {
        DamageAPageOfRows();
        var taken = Directory.CreateDirectory($"{_history.File.Path}.damaged-{_history.Time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}");
        _readings[300..].ForEach(reading => _history.Writer.Append(StoredRows.Cache, reading));
        _history.Writer.Suspect();
        _history.Writer.Flush();
        var damaged = Content(_history.File.Path);

        StaysUntouched(damaged);

        taken.Delete();
        _history.Writer.Flush();

        Assert.Equal(damaged, Content(_history.Writer.Status.SetAside!));
        SameReading.Exactly(_readings[300..], _history.Rows);
    }

    /// <summary>An exception that leaves the writer's loop would stop the whole console.</summary>
    [Fact]
    public void ReadingThatCannotBeWritten_AfterDamage_LeavesTheWriterRunning()
    {
        Damage("not a database at all");
        _history.Append([_readings[300] with { Counters = [] }]);

        _history.Writer.Flush();

        Assert.Equal((HistoryState.Waiting, 1L), (_history.Writer.Status.State, _history.Writer.Status.Dropped));
        _history.Append(_readings[301..]);
        _history.Writer.Flush();
        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        SameReading.Exactly(_readings[301..], _history.Rows);
    }

    /// <summary>The file without its header: opening a file writes a counter into that.</summary>
    private static byte[] Content(string path) => File.ReadAllBytes(path)[100..];

    /// <summary>Damages full rows of the finest tier, which the writer no longer reads.</summary>
    private void DamageAPageOfRows()
    {
        const int Page = 4096;
        using var file = File.OpenWrite(_history.File.Path);
        file.Position = file.Length / Page / 2 * Page;
        file.Write(new byte[Page]);
    }

    /// <summary>Flushes repeatedly: the hundred readings keep waiting.</summary>
    private void StaysUntouched(byte[] damaged)
    {
        for (var times = 0; times < 2; times++)
        {
            _history.Writer.Flush();

            Assert.Equal((HistoryState.Waiting, 100), (_history.Writer.Status.State, _history.Writer.Status.Waiting));
            Assert.Equal(damaged, Content(_history.File.Path));
        }
    }

    private void Damage(string how)
    {
        var bytes = File.ReadAllBytes(_history.File.Path);
        File.WriteAllBytes(_history.File.Path, how switch
        {
            "garbage where the header should be" => [.. Enumerable.Repeat((byte)0x5A, 200), .. bytes[200..]],
            "cut off" => bytes[..(bytes.Length / 3)],
            _ => "this is a shopping list, and a long one, so that it is more than one page: "u8.ToArray(),
        });
    }
}
