using Dashboard.Metrics;
using Dashboard.Servers;
using Microsoft.Data.Sqlite;

namespace Dashboard.History;

public sealed class HistoryWriterTests : IDisposable
{
    private readonly WriterFixture _history = new();

    public void Dispose() => _history.Dispose();

    [Fact]
    public async Task RunningWriter_WritesEveryTwoSeconds_AndTheRestWhenStopped()
    {
        var readings = new SomeReadings(1).Each(5);
        _history.Append(readings[..2]);
        await _history.Writer.StartAsync(TestContext.Current.CancellationToken);
        await Written(2);

        _history.Append(readings[2..3]);
        _history.Time.Advance(HistoryWriter.Every);
        await Written(3);

        _history.Append(readings[3..]);
        await _history.Writer.StopAsync(TestContext.Current.CancellationToken);
        SameReading.Exactly(readings, _history.Rows);
    }

    [Fact]
    public void Status_ReportsTheSize()
    {
        Assert.Equal(HistoryState.Starting, _history.Writer.Status.State);

        _history.Append(new SomeReadings(2).Each(50));
        _history.Writer.Flush();

        var status = _history.Writer.Status;
        Assert.Equal((HistoryState.Working, null, 0, 0L, null), (status.State, status.Why, status.Waiting, status.Dropped, status.Notice));
        Assert.InRange(status.Bytes, 50_000, 5_000_000);
        Assert.Equal(1024L << 20, status.MaxBytes);
    }

    [Fact]
    public void NothingToWriteYet_IsNoFault()
    {
        _history.Writer.Flush();

        Assert.Equal((HistoryState.Working, null), (_history.Writer.Status.State, _history.Writer.Status.Notice));
        Assert.DoesNotContain(_history.Logged, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    /// <summary>Consoles that share a data folder poll the same servers: each second is stored once.</summary>
    [Fact]
    public void AnotherConsoleWrites_ThisOneStoresNothing_UntilTheOtherEnds()
    {
        var (here, there) = (new SomeReadings(1).Each(4), new SomeReadings(2).Each(4));
        using var other = new HistoryWriter(_history.File, new HistoryOptions(), _history.Time, _history);
        _history.Append(here[..2]);
        _history.Writer.Flush();

        other.Append(StoredRows.Cache, there[0]);
        other.Flush();
        _history.Append(here[2..]);
        _history.Writer.Flush();

        Assert.Equal((HistoryState.Working, 0, 0L), (other.Status.State, other.Status.Waiting, other.Status.Dropped));
        SameReading.Exactly(here, _history.Rows);

        _history.Writer.Close();
        var later = new SomeReadings(2).One(here[^1].At.AddSeconds(1));
        other.Append(StoredRows.Cache, later);
        other.Flush();
        other.Close();

        SameReading.Exactly([.. here, later], _history.Rows);
    }

    [Fact]
    public void LockedFile_MakesReadingsWait_IsLoggedOnce_AndRecoversAutomatically()
    {
        var readings = new SomeReadings(3).Each(30);
        _history.Append(readings[..10]);
        _history.Writer.Flush();
        using var other = new SqliteConnection($"Data Source={_history.File.Path};Pooling=false");
        other.Open();
        using (other.BeginTransaction())
        {
            var started = TimeProvider.System.GetTimestamp();
            _history.Append(readings[10..20]);
            _history.Writer.Flush();
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds > 2.5, "It gave up at once.");
            _history.Append(readings[20..]);
            _history.Writer.Flush();

            var waiting = _history.Writer.Status;
            Assert.Equal((HistoryState.Waiting, 20), (waiting.State, waiting.Waiting));
            Assert.Contains("locked", waiting.Notice);
            Assert.Single(_history.Logged, line => line.StartsWith("Warning: History is not written", StringComparison.Ordinal));
        }

        _history.Writer.Flush();

        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        Assert.Single(_history.Logged, line => line.StartsWith("Information: History is written again", StringComparison.Ordinal));
        SameReading.Exactly(readings, _history.Rows);
    }

    [Fact]
    public void TooManyWaitingReadings_LoseTheOldest_WhichAreCounted()
    {
        var reading = new SomeReadings(4).One(SomeReadings.Start);
        var readings = Enumerable.Range(0, HistoryBuffer.Capacity + 7)
            .Select(second => reading with { At = SomeReadings.Start.AddSeconds(second) }).ToList();

        _history.Append(readings);
        _history.Writer.Flush();

        Assert.Equal(7, _history.Writer.Status.Dropped);
        Assert.Equal(readings[7..].Select(each => each.At), _history.Rows.Select(each => each.At));
    }

    [Fact]
    public void FolderThatCannotBeCreated_IsReported()
    {
        File.WriteAllText(Path.GetDirectoryName(_history.File.Path)!, "a file where the folder should be");

        _history.Append(new SomeReadings(5).Each(3));
        _history.Writer.Flush();

        Assert.Equal((HistoryState.Waiting, 3), (_history.Writer.Status.State, _history.Writer.Status.Waiting));
        Assert.Contains(_history.File.Path, _history.Writer.Status.Notice);
    }

    [Fact]
    public void RemovedFile_IsCreatedAgain()
    {
        var readings = new SomeReadings(6).Each(4);
        _history.Append(readings[..2]);
        _history.Writer.Flush();
        Directory.Delete(Path.GetDirectoryName(_history.File.Path)!, recursive: true);

        _history.Append(readings[2..]);
        _history.Writer.Flush();

        _history.File.CloseReaders();
        SameReading.Exactly(readings[2..], _history.Rows);
    }

    [Fact]
    public void ReadingThatCannotBeWritten_IsGivenUp_AndDelaysNoOther()
    {
        var readings = new SomeReadings(7).Each(5);
        _history.Append([readings[0] with { Counters = [] }]);
        _history.Writer.Flush();

        Assert.Equal((HistoryState.Waiting, 1L), (_history.Writer.Status.State, _history.Writer.Status.Dropped));
        Assert.Single(_history.Logged, line => line.StartsWith("Error: Writing history failed", StringComparison.Ordinal));

        _history.Append(readings[1..]);
        _history.Writer.Flush();

        Assert.Equal(HistoryState.Working, _history.Writer.Status.State);
        SameReading.Exactly(readings[1..], _history.Rows);
    }

    private Task Written(int rows) =>
        Eventually.Async(() => Task.FromResult(_history.Writer.Status.State == HistoryState.Working && _history.Rows.Count == rows));
}
