using Dashboard.Audit.Events;

namespace Dashboard.Audit.Chain;

/// <summary>A row as the file has it, whoever wrote it.</summary>
public sealed record AuditRow
{
    /// <summary>From 1; a number is never used twice.</summary>
    public long Sequence { get; init; }

    /// <summary>Unix milliseconds.</summary>
    public long At { get; init; }

    /// <summary>One of <see cref="AuditKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What an intent and its outcome share.</summary>
    public string? Act { get; init; }

    /// <summary>The run of the console that wrote it.</summary>
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

    /// <summary>An <see cref="AuditResult"/> in lower case.</summary>
    public string Result { get; init; } = "";

    public string? Detail { get; init; }

    /// <summary>The hash of the row before it.</summary>
    public byte[] Previous { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    /// <summary>Some time for an instant that cannot be: it is shown, not trusted.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(
        Math.Clamp(At, DateTimeOffset.MinValue.ToUnixTimeMilliseconds(), DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
