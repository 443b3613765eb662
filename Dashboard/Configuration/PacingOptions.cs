namespace Dashboard.Configuration;

/// <summary>
/// The settings of how fast an action may scan the keys of a server, as they were written, section <c>Dashboard:Pacing</c>.
/// </summary>
internal sealed class PacingOptions
{
    /// <summary>Maximum keys per page; 10 to 200.</summary>
    public string PageSize { get; set; } = "100";

    /// <summary>Minimum pause between two pages; 0 to 1 s.</summary>
    public string Pause { get; set; } = "1ms";

    /// <summary>The p95 of a page's round trip above which a scan slows down; 1 ms to 1 s.</summary>
    public string LatencyBudget { get; set; } = "20ms";
}
