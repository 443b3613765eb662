namespace Dashboard.Instances;

/// <summary>The console's settings as they were written, section <c>Dashboard</c>. <see cref="DashboardOptionsValidator"/> judges them; <see cref="WatchSettings"/> is what the program uses.</summary>
internal sealed class DashboardOptions
{
    public const string Section = "Dashboard";

    public Dictionary<string, InstanceOptions> Instances { get; set; } = new(StringComparer.Ordinal);

    /// <summary>How often each instance is polled, e.g. <c>1s</c>; 1 s to 60 s.</summary>
    public string PollInterval { get; set; } = "1s";

    /// <summary>How long one poll may take, e.g. <c>2s</c>; 200 ms to 30 s.</summary>
    public string PollTimeout { get; set; } = "2s";

    /// <summary>Folder for history.db, console.db and the keys.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>File with the secret that seals the audit log, 32 bytes or more; empty makes one in the data folder.</summary>
    public string AuditKeyFile { get; set; } = "";

    /// <summary>File that remembers the audit log's newest row; empty is <c>audit.head</c> in the data folder.</summary>
    public string AuditHeadFile { get; set; } = "";

    /// <summary>History's size on disk at most, in megabytes; 16 to 1,000,000.</summary>
    public string HistoryMaxMegabytes { get; set; } = "1024";

    /// <summary>A label of ours, shown beside the page's title.</summary>
    public string Environment { get; set; } = "production";
}
