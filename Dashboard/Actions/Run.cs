using Dashboard.Audit.Events;
using Dashboard.Instances;

namespace Dashboard.Actions;

/// <summary>One execution of a plan, running or over, as every console sees it.</summary>
/// <param name="RunId">The server process it is done to.</param>
/// <param name="Operator">Who confirmed it.</param>
/// <param name="Replica">The console that runs it.</param>
public sealed record Run(
    Guid Id, string Action, InstanceId Instance, string RunId, int Database, string Scope, string Operator, string Replica,
    DateTimeOffset BegunAt)
{
    /// <summary>That this operator begins now; which console runs it and until when is added where it is claimed.</summary>
    internal static Run Of(ActionPlan plan, string who, DateTimeOffset now) =>
        new(Guid.CreateVersion7(), plan.Action, plan.Instance.Id, plan.RunId, plan.Instance.Address.Database, plan.Scope, who, "",
            now)
        { Total = plan.Counts.TryGetValue("keys", out var keys) ? keys : null };

    /// <summary>Until then the console that runs it is believed to be at it.</summary>
    public DateTimeOffset Lease { get; init; }

    /// <summary>Keys so far, up to the last batch that was told.</summary>
    public long Done { get; init; }

    /// <summary>Keys there are about; null while that is not known.</summary>
    public long? Total { get; init; }

    /// <summary>What there is to say on the way, e.g. that it was slowed down.</summary>
    public string Says { get; init; } = "";

    /// <summary>Who wants it to stop; null when nobody does.</summary>
    public string? CancelledBy { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public AuditResult? Result { get; init; }

    /// <summary>What came of it.</summary>
    public string? Sentence { get; init; }

    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    public bool IsOver => EndedAt is not null;

    /// <summary>What is left at the speed so far; null before there is one to speak of.</summary>
    public TimeSpan? LeftAt(DateTimeOffset now) =>
        Total is { } total && Done > total / 100 && Done > 0 && !IsOver && now > BegunAt
            ? (now - BegunAt) * (Math.Max(0, total - Done) / (double)Done)
            : null;
}
