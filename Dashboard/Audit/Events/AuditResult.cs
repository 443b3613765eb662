namespace Dashboard.Audit.Events;

/// <summary>The result of an act.</summary>
public enum AuditResult
{
    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It did not begin: it was not allowed, or not safe.</summary>
    Refused,

    /// <summary>It began and did not succeed.</summary>
    Failed,

    /// <summary>It began, and a person stopped it.</summary>
    Cancelled,

    /// <summary>The console that ran it did not record the result in time: it stopped, or could not write.</summary>
    Unknown,

    /// <summary>It is an intent: a later row has the result.</summary>
    Started,
}
