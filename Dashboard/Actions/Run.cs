using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Actions;

/// <summary>One execution of a plan, in progress or over, as every console sees it.</summary>
/// <param name="RunId">The server process that it acts on.</param>
/// <param name="Operator">Who confirmed it.</param>
/// <param name="Replica">The console that runs it.</param>
public sealed record Run(
    Guid Id, string Action, InstanceId Instance, string RunId, int Database, string Scope, string Operator, string Replica,
    DateTimeOffset BegunAt)
{
    /// <summary>A run that this operator begins now. Claiming the instance adds the replica and the lease.</summary>
    internal static Run Of(ActionPlan plan, string who, DateTimeOffset now) =>
        new(Guid.CreateVersion7(), plan.Action, plan.Instance.Id, plan.RunId, plan.Instance.Address.Database, plan.Scope, who, "",
            now)
        { Total = plan.Counts.TryGetValue("keys", out var keys) ? keys : null, HoldsSlot = plan.HoldsSlot };

    /// <summary>Whether it keeps other runs of the instance from beginning.</summary>
    public bool HoldsSlot { get; init; } = true;

    /// <summary>Until when the console that runs it is believed to be working on it.</summary>
    public DateTimeOffset Lease { get; init; }

    /// <summary>Keys so far, as of the last batch that was reported.</summary>
    public long Done { get; init; }

    /// <summary>About how many keys there are; null while that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>A remark on the way, e.g. that it was slowed down; empty for none.</summary>
    public string Says { get; init; } = "";

    /// <summary>Who asked it to stop; null when no one did.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public AuditResult? Result { get; init; }

    /// <summary>The outcome in a sentence; null while it runs.</summary>
    public string? Sentence { get; init; }

    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    public bool IsOver => EndedAt is not null;

    /// <summary>The time left at the speed so far; null when it is over, without a total, and before 1 % is done.</summary>
    public TimeSpan? LeftAt(DateTimeOffset now) =>
        Total is { } total && Done > total / 100 && Done > 0 && !IsOver && now > BegunAt
            ? (now - BegunAt) * (Math.Max(0, total - Done) / (double)Done)
            : null;
}
