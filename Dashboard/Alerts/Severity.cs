namespace Dashboard.Alerts;

/// <summary>How much a finding matters, least first.</summary>
public enum Severity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Needs somebody today.</summary>
    Warning,

    /// <summary>Needs somebody now: users feel it or are about to.</summary>
    Critical,
}
