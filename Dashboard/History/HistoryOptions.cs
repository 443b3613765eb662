namespace Dashboard.History;

/// <summary>Settings of history, section <c>Dashboard</c>.</summary>
internal sealed class HistoryOptions
{
    public const string Section = "Dashboard";

    /// <summary>The most that history.db may take on disk; above it the finest readings are removed first.</summary>
    public int HistoryMaxMegabytes { get; set; } = 1024;

    public long MaxBytes => HistoryMaxMegabytes * 1024L * 1024;
}
