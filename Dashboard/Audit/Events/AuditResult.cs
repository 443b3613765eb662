namespace Dashboard.Audit.Events;

/// <summary>How something ended.</summary>
public enum AuditResult
{
    /// <summary>As it was meant.</summary>
    Done,

    /// <summary>It was not begun: not allowed, or not safe.</summary>
    Refused,

    /// <summary>It was begun and did not succeed.</summary>
    Failed,

    /// <summary>It was begun, and stopped half-way because somebody wanted it to.</summary>
    Cancelled,

    /// <summary>The console that ran it did not say in time: it stopped, or could not write.</summary>
    Unknown,

    /// <summary>An intent: what came of it is told by a later row.</summary>
    Started,
}
