using Dashboard.Audit.Events;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>The audit rows and sentences about what a flush retained.</summary>
internal static class RetentionEvents
{
    public static AuditEvent Purge(RetainedFlush flush) => new("cache.flush.purge", AuditEvent.Console)
    {
        Instance = flush.Instance,
        RunId = flush.RunId,
        Database = flush.Spare,
        Subject = flush.Id.ToString(),
    };

    /// <summary>How to delete what the console cannot identify any more.</summary>
    public static string Remedy(RetainedFlush flush) =>
        $"If INFO shows run_id {flush.RunId} and no application uses database {flush.Spare}, free its memory. Copy: "
            + $"valkey-cli -n {flush.Spare} FLUSHDB ASYNC.";

    /// <summary>Why nothing more is moved or deleted: the server does not show which flush the keys belong to.</summary>
    public static string TokenLost(RetainedFlush flush) => flush.BegunAt == 0
        ? "An earlier version of the console began this flush and left no token on the server, so it is unknown whose keys database "
            + $"{flush.Spare} holds. Nothing there is moved or deleted. {Remedy(flush)}"
        : $"The flush’s token is in neither database {flush.Database} nor database {flush.Spare}: the flush had ended already and the "
            + $"answer was lost, or the token was evicted or erased. So it is unknown whose keys database {flush.Spare} holds, and nothing "
            + $"more is moved or deleted there. {Remedy(flush)}";

    /// <summary>Why nothing more is moved or deleted: the token is there, and no order of steps leads to where it is.</summary>
    public static string TokenMisplaced(RetainedFlush flush) =>
        $"The flush’s token is in a place or state that no step of it leads to: a step reached the server twice, or another program wrote "
            + $"the token. So it is unknown whose keys database {flush.Spare} holds, and nothing more is moved or deleted there. "
            + Remedy(flush);
}
