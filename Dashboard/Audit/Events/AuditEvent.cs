using Dashboard.Instances;

namespace Dashboard.Audit.Events;

/// <summary>
/// An event for the audit log. It never contains a password, a token or a value, because many people read the log, for years.
/// </summary>
/// <param name="Action">The act, for example <c>sign-in</c> or <c>cache.flush</c>.</param>
/// <param name="Actor">The operator's name; <see cref="Console"/> for what the program does on its own.</param>
/// <param name="Address">Where the request came from; null when there was none.</param>
/// <remarks>When written, texts are cut at <see cref="AuditText.MaxLength"/> characters and cleared of control characters.</remarks>
internal sealed record AuditEvent(string Action, string Actor, string? Address = null)
{
    /// <summary>The actor of what no person asked for.</summary>
    public const string Console = "console";

    /// <summary>The object of the act, for example an account's name.</summary>
    public string? Subject { get; init; }

    public InstanceId? Instance { get; init; }

    /// <summary>The <c>run_id</c> of the server process on which it acted.</summary>
    public string? RunId { get; init; }

    /// <summary>The logical database.</summary>
    public int? Database { get; init; }

    /// <summary>For example how many keys were removed.</summary>
    public IReadOnlyDictionary<string, long>? Counts { get; init; }

    /// <summary>The reason in the operator's own words.</summary>
    public string? Reason { get; init; }

    public AuditResult Result { get; init; } = AuditResult.Done;

    /// <summary>Details of the result.</summary>
    public string? Detail { get; init; }
}
