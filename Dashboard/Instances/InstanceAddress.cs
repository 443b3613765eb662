namespace Dashboard.Instances;

/// <summary>Where a server listens and how to speak to it; never holds a password.</summary>
/// <param name="Port">1 to 65535; 6379 when the URL names none.</param>
/// <param name="Tls"><c>rediss://</c>: the server's certificate must name <paramref name="Host"/>.</param>
/// <param name="Database">The logical database the application uses, 0 when the URL names none.</param>
/// <param name="User">ACL user name; null means the default user.</param>
/// <param name="CaFile">PEM file of the authority that signed the server's certificate; null means the system's.</param>
public sealed record InstanceAddress(string Host, int Port, bool Tls = false, int Database = 0, string? User = null, string? CaFile = null)
{
    public const int DefaultPort = 6379;

    /// <summary><c>host:port</c>, an IPv6 address in brackets; what people read, and type to confirm.</summary>
    public string Endpoint => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public override string ToString() => $"{(Tls ? "rediss" : "redis")}://{Endpoint}{(Database == 0 ? "" : $"/{Database}")}";
}
