using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>What would happen to one server, as it was looked at. Confirming it confirms this and nothing else.</summary>
/// <param name="Id">All that a browser sends back, with the phrase.</param>
/// <param name="Action">The action's <see cref="IAdminAction.Id"/>.</param>
/// <param name="RunId">The server process that was looked at; another one refuses by itself.</param>
/// <param name="TakenAt">Old after <see cref="Life"/>.</param>
public sealed record ActionPlan(Guid Id, string Action, Instance Instance, string RunId, DateTimeOffset TakenAt)
{
    /// <summary>A plan older than this is taken again before it is executed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>What it is narrowed to, e.g. a key prefix; empty for all of it.</summary>
    public string Scope { get; init; } = "";

    /// <summary>What will happen, a sentence each, with its counts.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Warnings: what cannot be brought back, and what is not known.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];

    /// <summary>What it would touch, by kind and largest first.</summary>
    public IReadOnlyList<PlanSample> Samples { get; init; } = [];

    /// <summary>At most so many keys; more than these, and the server does nothing.</summary>
    public long Ceiling { get; init; }

    /// <summary>What the action needs of its plan beside all this; null where it needs nothing more.</summary>
    public ActionPayload? Payload { get; init; }

    /// <summary>The counts of the preview by name, e.g. <c>keys</c>, for the audit log and for showing what moved.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>What is typed to confirm: the target's name and address, e.g. <c>cache 10.0.0.5:6379</c>. Never empty.</summary>
    public string Phrase => $"{Instance.Id} {Instance.Address.Endpoint}";

    /// <summary>What the server checks in each step.</summary>
    internal ServerPrecondition Guard => new(RunId, Instance.Address.Database);

    /// <summary>The payload, as the action that planned it knows it.</summary>
    /// <exception cref="InvalidOperationException">The plan is another action's.</exception>
    internal TPayload PayloadAs<TPayload>()
        where TPayload : ActionPayload =>
        Payload as TPayload ?? throw new InvalidOperationException($"The plan of {Action} has no {typeof(TPayload).Name}.");

    public bool IsOldAt(DateTimeOffset now) => now - TakenAt is var age && (age > Life || age < -Life);
}
