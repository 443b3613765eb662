using Dashboard.Storage;
using Dashboard.Storage.Sqlite;

namespace Dashboard.History;

/// <summary>How writing goes: kept for pages, and logged when it changes.</summary>
internal sealed partial class HistoryHealth(SqliteFile file, HistoryOptions options, HistoryBuffer buffer, TimeProvider time, ILogger log)
{
    private HistoryStatus _status = new(HistoryState.Starting, time.GetUtcNow(), null, 0, options.MaxBytes, 0, 0, null);

    public HistoryStatus Status => Volatile.Read(ref _status);

    /// <summary>Everything that waited is written.</summary>
    public void Working()
    {
        if (Become(HistoryState.Working, null, 0) is { State: HistoryState.Waiting } before)
        {
            LogWorking(file.Path, Status.Dropped - before.Dropped);
        }
    }

    /// <param name="held">Readings waiting beside those in the buffer.</param>
    public void Waiting(string why, int held)
    {
        if (Become(HistoryState.Waiting, why, held).Why != why)
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

    /// <summary>A bug, or something nobody thought of. It is said each time: it should be fixed.</summary>
    public StoreFailure Unexpected(Exception exception)
    {
        LogUnexpected(exception);
        return new(false, $"Writing failed unexpectedly: {exception.Message}");
    }

    /// <returns>How it was before.</returns>
    private HistoryStatus Become(HistoryState state, string? why, int held)
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
        200, LogLevel.Warning, "History is not written: {Why} Watching goes on, readings wait in memory, the next try is in 2 s")]
    private partial void LogWaiting(string why);

    [LoggerMessage(201, LogLevel.Information, "History is written again to {Path}; {Dropped} readings were lost meanwhile")]
    private partial void LogWorking(string path, long dropped);

    [LoggerMessage(202, LogLevel.Error, "{Path} is damaged. It was kept as {Aside}, and a new one begun: charts start now")]
    private partial void LogSetAside(string path, string aside);

    [LoggerMessage(
        203, LogLevel.Error,
        "Writing history failed in a way it should not; the readings of this batch are lost, the next are tried in 2 s")]
    private partial void LogUnexpected(Exception exception);
}
