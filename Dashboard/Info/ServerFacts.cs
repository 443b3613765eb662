namespace Dashboard.Info;

/// <summary>Which server answers.</summary>
/// <param name="Product"><see cref="Valkey"/> when the server reports <c>valkey_version</c>, <see cref="Redis"/> when it reports only
/// <c>redis_version</c>, otherwise <see cref="Unnamed"/>.</param>
/// <param name="Version">The product's own version: Valkey's, not the <c>redis_version</c> it also reports for old clients.</param>
/// <param name="RunId">New at every start of the server process.</param>
/// <param name="Uptime">The time since the server's start, in whole seconds.</param>
public sealed record ServerFacts(string Product, string? Version, string? RunId, TimeSpan? Uptime, string? Mode)
{
    public const string Valkey = "Valkey";
    public const string Redis = "Redis";

    /// <summary>A server that does not report its version, as some managed ones do not.</summary>
    public const string Unnamed = "Server";

    public static ServerFacts From(InfoReply info) => new(
        info.Text("valkey_version") is not null ? Valkey : info.Text("redis_version") is not null ? Redis : Unnamed,
        info.Word("valkey_version") ?? info.Word("redis_version"),
        info.Identity("run_id"),
        info.Count("uptime_in_seconds") is long seconds and < int.MaxValue ? TimeSpan.FromSeconds(seconds) : null,
        info.Word("server_mode") ?? info.Word("redis_mode"));
}
