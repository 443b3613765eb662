namespace Dashboard.Configuration;

/// <summary>The settings of one instance as they were written, <c>Dashboard:Instances:&lt;id&gt;:…</c>.</summary>
internal sealed class InstanceOptions
{
    /// <summary><c>cache</c>, <c>cable</c>, <c>session</c> or <c>other</c>; the id itself when left out.</summary>
    public string? Purpose { get; set; }

    /// <summary><c>redis://[user@]host[:port][/database]</c>, or <c>rediss://</c> for TLS. No password here.</summary>
    public string? Url { get; set; }

    /// <summary>File that holds the password; read again when it changes or is rejected.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>PEM file of the authority that signed the server's certificate (<c>rediss://</c> only).</summary>
    public string? CaFile { get; set; }

    /// <summary><c>typed</c> or <c>click</c>: what confirms a destructive action.</summary>
    public string? Confirm { get; set; } = "typed";

    /// <summary>The number of the empty logical database that keeps a flushed cache for Undo; without it there is no Undo.</summary>
    public string? SpareDatabase { get; set; }

    /// <summary>Prefixes of keys that do not belong in the cache, separated by commas: a flush leaves them, or is refused.</summary>
    public string? ForeignKeyPrefixes { get; set; }

    /// <summary>Prefixes of keys that are the cache's own although they look like tokens or sessions, separated by commas.</summary>
    public string? OwnKeyPrefixes { get; set; }

    /// <summary>What it belongs to, e.g. an application or an environment: pages list instances by group.</summary>
    public string? Group { get; set; }

    /// <summary>Its place within its group; the lowest comes first.</summary>
    public string? Order { get; set; }

    /// <summary>The user for watching, in place of the one of <see cref="Url"/>.</summary>
    public CredentialOptions? Watch { get; set; }

    /// <summary>The user for acting, in place of the one of <see cref="Url"/>.</summary>
    public CredentialOptions? Act { get; set; }

    /// <summary>
    /// The user for the backplane, over which consoles that share a store tell each other what changed. One cable instance may have it.
    /// </summary>
    public CredentialOptions? Backplane { get; set; }
}
