namespace Dashboard.Demo;

/// <summary>The settings of the demo, section <c>Demo</c>, as <c>./demo</c> passes them.</summary>
internal sealed class DemoOptions
{
    public const string Section = "Demo";

    /// <summary>Start three servers with traffic and watch them instead of the configured instances.</summary>
    public bool Enabled { get; set; }

    /// <summary>The memory limits of production (1 GB, 512 MB, 512 MB) instead of small ones that fill within a minute.</summary>
    public bool FullSize { get; set; }

    /// <summary>Where the demo keeps its passwords, logs and data; the only place it writes to.</summary>
    public string Folder { get; set; } = ".run/demo";

    /// <summary>The server program; null takes valkey-server, or redis-server where there is no Valkey.</summary>
    public string? Server { get; set; }
}
