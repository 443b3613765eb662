namespace Dashboard.Info;

/// <summary>
/// Whether the server is a primary or a replica, and of which primary. Two servers with one <paramref name="ReplId"/> hold the same data.
/// </summary>
/// <param name="Role"><c>master</c> or <c>slave</c>, the server's own words.</param>
/// <param name="LinkUp">Whether a replica's link to its primary is up; null on a primary.</param>
public sealed record ReplicationFacts(string? Role, string? ReplId, long? Replicas, string? PrimaryHost, long? PrimaryPort, bool? LinkUp)
{
    /// <summary>The longest name in DNS, in characters.</summary>
    private const int MaxHost = 255;

    public bool IsReplica => Role == "slave";

    public static ReplicationFacts From(InfoReply info) => new(
        info.Word("role"), info.Identity("master_replid"), info.Count("connected_slaves"), info.Word("master_host", MaxHost),
        info.Count("master_port"),
        info.Text("master_link_status") switch { "up" => true, "down" => false, _ => null });
}
