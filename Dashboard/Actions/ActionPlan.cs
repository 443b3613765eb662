using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>
/// What an action would do to one server, as of the moment it was planned. A confirmation covers this plan and nothing else.
/// </summary>
/// <param name="Id">Names the plan when a browser confirms it; the plan itself is never sent back.</param>
/// <param name="Action">The action's <see cref="IAdminAction.Id"/>.</param>
/// <param name="RunId">The server process that was inspected; any other process refuses the action.</param>
/// <param name="TakenAt">When the server was inspected; the plan is too old after <see cref="Life"/>.</param>
public sealed record ActionPlan(Guid Id, string Action, Instance Instance, string RunId, DateTimeOffset TakenAt)
{
    /// <summary>A plan older than this is made again before it is executed.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The <c>master_replid</c> of the server that was inspected, which changes when it gets another server's keys. Null where the server
    /// does not say it, or the action does not depend on it.
    /// </summary>
    public string? ReplicationId { get; init; }

    /// <summary>When its numbers were counted, where that was earlier; null where the server was just asked.</summary>
    public DateTimeOffset? CountedAt { get; init; }

    /// <summary>What it is narrowed to, e.g. a key prefix; empty for all of it.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The numbers a person decides by: one to three, the most important first.</summary>
    public IReadOnlyList<PlanFigure> Glance { get; init; } = [];

    /// <summary>What will happen, a sentence each, with its counts.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Warnings: what cannot be brought back, and what is not known.</summary>
    public IReadOnlyList<string> Cautions { get; init; } = [];

    /// <summary>What it would touch, by kind, largest first.</summary>
    public IReadOnlyList<PlanSample> Samples { get; init; } = [];

    /// <summary>The largest number of keys; if the server has more, it does nothing.</summary>
    public long Ceiling { get; init; }

    /// <summary>Whether only an owner may begin it, whatever permission the action needs.</summary>
    public bool NeedsOwner { get; init; }

    /// <summary>
    /// Whether its run keeps other runs of the instance from beginning, and waits for them. Only what is done in a moment may do without.
    /// </summary>
    public bool HoldsSlot { get; init; } = true;

    /// <summary>Whether the phrase is typed where the action destroys; a reason is given in any case.</summary>
    public bool NeedsPhrase { get; init; } = true;

    /// <summary>What the action needs of its plan beyond this; null where it needs nothing more.</summary>
    public ActionPayload? Payload { get; init; }

    /// <summary>The counts of the preview by name, e.g. <c>keys</c>, for the audit log and to show what changed.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>What a person types to confirm: the target's name and address, e.g. <c>cache 10.0.0.5:6379</c>. Never empty.</summary>
    public string Phrase => $"{Instance.Id} {Instance.Address.Endpoint}";

    /// <summary>What the server checks in each step.</summary>
    internal ServerPrecondition Guard => new(RunId, Instance.Address.Database, ReplicationId);

    /// <summary>The payload, in the type of the action that planned it.</summary>
    /// <exception cref="InvalidOperationException">The plan belongs to another action.</exception>
    internal TPayload PayloadAs<TPayload>()
        where TPayload : ActionPayload =>
        Payload as TPayload ?? throw new InvalidOperationException($"The plan of {Action} has no {typeof(TPayload).Name}.");

    public bool IsOldAt(DateTimeOffset now) => now - TakenAt is var age && (age > Life || age < -Life);
}
