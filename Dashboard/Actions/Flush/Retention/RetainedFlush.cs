using Dashboard.Instances;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>What one flush keeps for its Undo.</summary>
/// <param name="Id">The id of the run that flushed.</param>
/// <param name="RunId">The server process that has it; after a restart it is gone.</param>
/// <param name="Spare">The logical database that keeps it.</param>
/// <param name="Keys">How many keys were put there; before that is known, at most how many.</param>
/// <param name="Operator">The name of the person who flushed.</param>
public sealed record RetainedFlush(
    Guid Id, InstanceId Instance, string RunId, int Database, int Spare, long Keys, string Operator, RetentionState State,
    DateTimeOffset SwappedAt, DateTimeOffset EndsAt)
{
    /// <summary>How long Undo is offered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>The run that flushes or brings it back; null while none does.</summary>
    public Guid? Run { get; init; }

    /// <summary>Until when the console that purges it is assumed to be working on it; null while none does.</summary>
    public DateTimeOffset? Lease { get; init; }

    /// <summary>
    /// The server's clock when its token was written, and then when the databases were exchanged, in microseconds. Null: the exchange was
    /// not sent. 0: an earlier version of the console began it, without a token.
    /// </summary>
    public long? BegunAt { get; init; }

    /// <summary>Why it is still kept although its time is over, in sentences; null where nothing is in the way.</summary>
    public string? Delay { get; init; }

    /// <summary>
    /// What the check of all names found, in short: null while it is not complete, empty where nothing was found or a person decided that
    /// it may be deleted.
    /// </summary>
    public string? ForeignKeys { get; init; }

    /// <summary>
    /// What the server checks in each step on it. Its replication id is not asked: it changes when a first replica attaches.
    /// </summary>
    internal Valkey.ServerPrecondition Guard => new(RunId, Database);

    /// <summary>The same for a step on the spare database alone.</summary>
    internal Valkey.ServerPrecondition SpareGuard => new(RunId, Spare);
}
