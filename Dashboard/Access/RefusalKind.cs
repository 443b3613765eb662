namespace Dashboard.Access;

/// <summary>Why an act is not done.</summary>
public enum RefusalKind
{
    SignedOut,
    NotGranted,
    Idle,

    /// <summary>A password or code is needed first.</summary>
    StepUpRequired,

    /// <summary>console.db cannot be used.</summary>
    AuditUnavailable,

    /// <summary>What was asked for cannot be.</summary>
    Invalid,
}
