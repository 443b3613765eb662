using Dashboard.Audit.Events;

namespace Dashboard.Audit.Chain;

/// <summary>A row as the file holds it, whichever program wrote it.</summary>
public sealed record AuditRow
{
    /// <summary>The number of the row, from 1; no number is used twice.</summary>
    public long Sequence { get; init; }

    /// <summary>The time in Unix milliseconds.</summary>
    public long At { get; init; }

    /// <summary>One of <see cref="AuditKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The id that an intent and its outcomes share; null for other rows.</summary>
    public string? Act { get; init; }

    /// <summary>The run of the console that wrote the row.</summary>
    public string Replica { get; init; } = "";

    public string Actor { get; init; } = "";

    public string? Address { get; init; }

    public string Action { get; init; } = "";

    public string? Subject { get; init; }

    public string? Instance { get; init; }

    public string? RunId { get; init; }

    public long? Database { get; init; }

    /// <summary>A JSON object of whole numbers.</summary>
    public string? Counts { get; init; }

    public string? Reason { get; init; }

    /// <summary>The name of an <see cref="AuditResult"/> in lower case.</summary>
    public string Result { get; init; } = "";

    public string? Detail { get; init; }

    /// <summary>The hash of the previous row.</summary>
    public byte[] Previous { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    /// <summary>The time; an impossible value is clamped, because it is shown and not trusted.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(At, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
