namespace Dashboard.Configuration;

/// <summary>Builds every path in the data folder, and those of the two audit files, which settings may put elsewhere.</summary>
/// <param name="Path">Below the content root, unless the setting is absolute.</param>
internal sealed record DataFolder(string Path)
{
    private const string Section = DashboardOptions.Section;

    /// <summary>Readings of every instance. May be deleted while the console is stopped.</summary>
    public string History => In("history.db");

    /// <summary>Accounts, sessions, runs and the audit log.</summary>
    public string Console => In("console.db");

    /// <summary>Who has which page open, for seconds. May be deleted at any time.</summary>
    public string Presence => In("presence.db");

    /// <summary>Data Protection keys, one file each.</summary>
    public string Keys => In("keys");

    /// <summary>Keeps the head of the audit log, its newest row.</summary>
    public required string AuditHead { get; init; }

    /// <summary>The secret that seals the audit log; null where none is named: then it is created beside <see cref="Console"/>.</summary>
    public required string? AuditKey { get; init; }

    /// <param name="root">The content root, from which relative paths start.</param>
    public static DataFolder Of(DashboardOptions options, string root)
    {
        var folder = System.IO.Path.Combine(root, options.DataFolder);
        return new(folder)
        {
            AuditHead = Named(options.AuditHeadFile) ?? System.IO.Path.Combine(folder, "audit.head"),
            AuditKey = Named(options.AuditKeyFile),
        };

        string? Named(string path) => string.IsNullOrWhiteSpace(path) ? null : System.IO.Path.Combine(root, path.Trim());
    }

    /// <summary>Reads the settings as they were written: keys are needed before the settings are checked.</summary>
    public static DataFolder Of(IConfiguration configuration, string root)
    {
        var defaults = new DashboardOptions();
        defaults.DataFolder = configuration[$"{Section}:{nameof(DashboardOptions.DataFolder)}"] ?? defaults.DataFolder;
        defaults.AuditHeadFile = configuration[$"{Section}:{nameof(DashboardOptions.AuditHeadFile)}"] ?? defaults.AuditHeadFile;
        defaults.AuditKeyFile = configuration[$"{Section}:{nameof(DashboardOptions.AuditKeyFile)}"] ?? defaults.AuditKeyFile;
        return Of(defaults, root);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
