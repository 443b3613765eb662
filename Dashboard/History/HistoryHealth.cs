using Dashboard.Storage;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>The state of writing: kept for pages, and logged when it changes.</summary>
internal sealed partial class HistoryHealth(SqliteFile file, HistoryOptions options, HistoryBuffer buffer, TimeProvider time, ILogger log)
{
    private HistoryStatus _status = new(HistoryState.Starting, time.GetUtcNow(), null, 0, options.MaxBytes, 0, 0, null);

    public HistoryStatus Status => Volatile.Read(ref _status);

    /// <summary>Everything that waited was written.</summary>
    public void Working()
    {
        if (Change(HistoryState.Working, null, 0) is { State: HistoryState.Waiting } before)
        {
            LogWorking(file.Path, Status.Dropped - before.Dropped);
        }
    }

    /// <param name="held">The number of readings that wait outside the buffer.</param>
    public void Waiting(string why, int held)
    {
        if (Change(HistoryState.Waiting, why, held).Why != why)
        {
            LogWaiting(why);
        }
    }

    /// <summary>A damaged file was moved to <paramref name="path"/>.</summary>
    public void SetAside(string path)
    {
        LogSetAside(file.Path, path);
        Volatile.Write(ref _status, Status with { SetAside = path });
    }

    /// <summary>A bug or an unforeseen failure. It is logged each time, because it should be fixed.</summary>
    public StoreFailure Unexpected(Exception exception)
    {
        LogUnexpected(exception);
        return new(false, $"Writing failed unexpectedly: {exception.Message}");
    }

    /// <returns>The status before.</returns>
    private HistoryStatus Change(HistoryState state, string? why, int held)
    {
        var before = Status;
        var since = before.State == state ? before.Since : time.GetUtcNow();
        Volatile.Write(
            ref _status,
            before with
            {
                State = state,
                Since = since,
                Why = why,
                Bytes = file.Bytes,
                Waiting = buffer.Count + held,
                Dropped = buffer.Dropped
            });
        return before;
    }

    [LoggerMessage(
        200, LogLevel.Warning, "History is not written: {Why} Polling continues, readings wait in memory, the next try is in 2 s")]
    private partial void LogWaiting(string why);

    [LoggerMessage(201, LogLevel.Information, "History is written again to {Path}; {Dropped} readings were lost in the meantime")]
    private partial void LogWorking(string path, long dropped);

    [LoggerMessage(202, LogLevel.Error, "{Path} is damaged. It was kept as {Aside}, and a new file was created: charts start now")]
    private partial void LogSetAside(string path, string aside);

    [LoggerMessage(
        203, LogLevel.Error,
        "Writing history failed unexpectedly; the readings of this batch are lost, the next are tried in 2 s")]
    private partial void LogUnexpected(Exception exception);
}
