namespace Dashboard.Alerts;

/// <summary>How much a finding matters, least first.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Needs attention today.</summary>
    Warning,

    /// <summary>Needs attention now: users are affected or soon will be.</summary>
    Critical,
}
