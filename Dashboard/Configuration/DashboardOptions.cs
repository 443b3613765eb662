namespace Dashboard.Configuration;

/// <summary>
/// The console's settings as they were written, section <c>Dashboard</c>. Each area has an <see cref="OptionsCheck"/>; the program itself
/// uses an <see cref="ISettings{TSelf}"/> of the area.
/// </summary>
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

    /// <summary>File that keeps the head of the audit log, its newest row; empty is <c>audit.head</c> in the data folder.</summary>
    public string AuditHeadFile { get; set; } = "";

    /// <summary>Maximum size of history on disk, in megabytes; 16 to 1,000,000.</summary>
    public string HistoryMaxMegabytes { get; set; } = "1024";

    /// <summary>The label of this environment, shown beside the page's title.</summary>
    public string Environment { get; set; } = "production";

    /// <summary>
    /// The address people open, e.g. <c>https://console.example</c>; needed once the console listens beyond this machine.
    /// </summary>
    public string? PublicUrl { get; set; }

    /// <summary>Whether people may sign in over plain http beyond this machine: <c>true</c> or <c>false</c>.</summary>
    public string AllowPlainHttp { get; set; } = "false";

    /// <summary>Proxies whose forwarded headers are trusted: addresses or networks, separated by commas.</summary>
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// Maximum number of live pages of all accounts together; 2 to 10000. A quarter is reserved for accounts that may act.
    /// </summary>
    public string MaxLivePages { get; set; } = "200";

    /// <summary>Maximum number of live pages of one account, half of them of one session; 2 to 10000.</summary>
    public string MaxLivePagesPerAccount { get; set; } = "20";

    /// <summary>Name of the first owner, created at start from <see cref="OwnerPasswordFile"/> when there is no owner yet.</summary>
    public string OwnerName { get; set; } = "owner";

    /// <summary>File with the first owner's password; 12 characters or more.</summary>
    public string? OwnerPasswordFile { get; set; }

    /// <summary>Sign-in through an OpenID Connect provider.</summary>
    public OidcOptions Oidc { get; set; } = new();

    /// <summary>How fast an action may scan the keys of a server.</summary>
    public PacingOptions Pacing { get; set; } = new();

    /// <summary>What the access tokens of session instances look like.</summary>
    public TokensOptions Tokens { get; set; } = new();

    /// <summary>How live ActionCable sockets are found.</summary>
    public SocketsOptions Sockets { get; set; } = new();
}
