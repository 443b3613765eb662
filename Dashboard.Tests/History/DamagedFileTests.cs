using Dashboard.Metrics;

namespace Dashboard.History;

public sealed class DamagedFileTests : IDisposable
{
    private readonly WriterFixture _history = new();
    private readonly List<Reading> _readings = new SomeReadings(1).Each(400);

    public DamagedFileTests()
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
    public void DamagedFile_IsSetAsideWhole_AndANewOneBegun(string damage)
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
        Assert.Single(_history.Logged, line => line.StartsWith("Error: ", StringComparison.Ordinal) && line.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public void Log_GoesAsideWithItsDatabase()
    {
        File.WriteAllText(_history.File.Path + "-wal", "the log of a damaged file");
        Damage("not a database at all");

        _history.Writer.Flush();

        Assert.Equal("the log of a damaged file", File.ReadAllText(_history.Writer.Status.SetAside + "-wal"));
    }

    [Fact]
    public async Task DamageInTheMiddle_MetByAReader_IsSetAsideToo()
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
    public void DamageAgainAndAgain_FillsNoDisk_AndGoesOnOnceTheFilesAreMoved()
    {
        var folder = Path.GetDirectoryName(_history.File.Path)!;
        for (var times = 0; times <= HistoryWriter.MostSetAside; times++)
        {
            Damage("not a database at all");
            _history.Writer.Flush();
            _history.Writer.Close();
            _history.File.CloseReaders();
        }

        Assert.Equal(HistoryWriter.MostSetAside, Directory.GetFiles(folder, "history.db.damaged-*").Length);
        Assert.Equal(HistoryState.Waiting, _history.Writer.Status.State);
        Assert.Contains("5 files damaged before are kept beside it", _history.Writer.Status.Notice);

        Directory.GetFiles(folder, "history.db.damaged-*").ToList().ForEach(File.Delete);
        _history.Append(_readings[300..]);
        _history.Writer.Flush();

        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        SameReading.Exactly(_readings[300..], _history.Rows);
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
