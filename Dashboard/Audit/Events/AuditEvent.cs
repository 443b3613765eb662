using Dashboard.Instances;

namespace Dashboard.Audit.Events;

/// <summary>Something worth remembering. Never a password, a token or a value: what is written here is read by many, for years.</summary>
/// <param name="Action">E.g. <c>sign-in</c> or <c>cache.flush</c>.</param>
/// <param name="Actor">The operator's name; <see cref="Console"/> for what the program does by itself.</param>
/// <param name="Address">Where the request came from; null when there was none.</param>
/// <remarks>Texts are cut at <see cref="AuditText.Most"/> characters and freed of control characters when they are written.</remarks>
internal sealed record AuditEvent(string Action, string Actor, string? Address = null)
{
    /// <summary>The actor of what nobody asked for.</summary>
    public const string Console = "console";

    /// <summary>What it was done to, e.g. an account's name.</summary>
    public string? Subject { get; init; }

    public InstanceId? Instance { get; init; }

    /// <summary>The server process it was done to, as INFO calls it.</summary>
    public string? RunId { get; init; }

    /// <summary>The logical database.</summary>
    public int? Database { get; init; }

    /// <summary>E.g. how many keys were removed.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>Why, in the operator's words.</summary>
    public string? Reason { get; init; }

    public AuditResult Result { get; init; } = AuditResult.Done;

    /// <summary>What there is to say about how it ended.</summary>
    public string? Detail { get; init; }
}
