namespace Dashboard.Access;

/// <summary>The reasons for which an act is not done.</summary>
public enum RefusalKind
{
    SignedOut,
    NotGranted,
    Idle,

    /// <summary>A password or code is required first.</summary>
    StepUpRequired,

    /// <summary>console.db cannot be used.</summary>
    AuditUnavailable,

    /// <summary>The request is not valid.</summary>
    Invalid,
}
