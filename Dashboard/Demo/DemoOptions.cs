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

    /// <summary>
    /// How many consoles share the data folder, each a process of its own, behind a sticky proxy: 1 to 4. Null for one console, without a
    /// proxy, in this process.
    /// </summary>
    public string? Replicas { get; set; }

    /// <summary>The program of the proxy; null takes the one beside this program.</summary>
    public string? Proxy { get; set; }

    /// <summary>The server program; null takes valkey-server, or redis-server where there is no Valkey.</summary>
    public string? Server { get; set; }
}
