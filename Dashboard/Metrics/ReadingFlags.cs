namespace Dashboard.Metrics;

/// <summary>What happened in the stretch of time of a reading.</summary>
[Flags]
public enum ReadingFlags
{
    None = 0,

    /// <summary>Something inside is unknown: a poll failed, or the counters of two polls cannot be compared.</summary>
    Gap = 1,

    /// <summary>The server process is another one than before (new run_id).</summary>
    Restart = 2,

    /// <summary>Counters fell while the process stayed the same (CONFIG RESETSTAT).</summary>
    Reset = 4,

    /// <summary>A poll found nothing that listens: the connection was refused.</summary>
    Refused = 8,

    /// <summary>A poll was not answered in time, or the connection was cut.</summary>
    Unanswered = 16,

    /// <summary>A poll was answered with an error, such as a rejected password.</summary>
    Rejected = 32,
}
