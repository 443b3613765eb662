namespace Dashboard.Info;

/// <summary>The clients of a server. On cable these are connections of application processes, never WebSockets.</summary>
public sealed record ClientFacts(long? Connected, long? Max, long? Blocked, long? PubSub, long? Rejected, long? Received)
{
    public static ClientFacts From(InfoReply info) => new(
        info.Count("connected_clients"), info.Count("maxclients"), info.Count("blocked_clients"), info.Count("pubsub_clients"),
        info.Count("rejected_connections"), info.Count("total_connections_received"));
}
