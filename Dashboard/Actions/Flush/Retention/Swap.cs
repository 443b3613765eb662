using Dashboard.Instances;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>What one soft flush keeps for its Undo.</summary>
/// <param name="Id">Of the run that flushed.</param>
/// <param name="RunId">The server process that has it; after a restart it is gone.</param>
/// <param name="Spare">The logical database that keeps it.</param>
/// <param name="Keys">How many were put there; before that is known, at most how many.</param>
/// <param name="Operator">Who flushed.</param>
public sealed record Swap(
    Guid Id, InstanceId Instance, string RunId, int Database, int Spare, long Keys, string Operator, SwapState State,
    DateTimeOffset SwappedAt, DateTimeOffset EndsAt)
{
    /// <summary>How long Undo is offered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>The run that puts it aside or brings it back; null while none does.</summary>
    public Guid? Run { get; init; }

    /// <summary>Until then the console that gives it up is believed to be at it; null while none does.</summary>
    public DateTimeOffset? Lease { get; init; }
}
