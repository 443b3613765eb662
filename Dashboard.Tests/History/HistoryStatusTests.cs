namespace Dashboard.History;

public sealed class HistoryStatusTests
{
    private static readonly HistoryStatus Working =
        new(HistoryState.Working, new(2026, 3, 1, 3, 12, 40, TimeSpan.Zero), null, 1, 2, 0, 0, null);

    [Fact]
    public void Working_NeedsNoNotice()
    {
        Assert.Null(Working.Notice);
        Assert.Null((Working with { State = HistoryState.Starting }).Notice);
    }

    [Fact]
    public void Waiting_StatesSinceWhen_Why_AndWhatMayBeLost()
    {
        var waiting = Working with
        {
            State = HistoryState.Waiting,
            Why = "The disk that holds /data/history.db is full. Free some space "
            + "there.",
            Waiting = 42
        };

        Assert.Equal(
            "History has not been written since 03:12:40 UTC. The disk that holds /data/history.db is full. Free some space there. "
                + "Watching continues; 42 readings wait in memory.", waiting.Notice);
        Assert.EndsWith(
            "42 readings wait in memory, 7 older ones are lost.", (waiting with { Dropped = 7 }).Notice, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFile_IsNamed()
    {
        Assert.Equal(
            "history.db was damaged. It was kept as /data/history.db.damaged-1, and a new file was started: charts begin there.",
            (Working with { SetAside = "/data/history.db.damaged-1" }).Notice);
    }
}
