namespace Dashboard.Info;

/// <summary>Who is connected. On cable these are application processes' connections, never WebSockets.</summary>
public sealed record ClientFacts(long? Connected, long? Max, long? Blocked, long? PubSub, long? Rejected, long? Received)
{
    public static ClientFacts From(InfoReply info) => new(
        info.Count("connected_clients"), info.Count("maxclients"), info.Count("blocked_clients"), info.Count("pubsub_clients"),
        info.Count("rejected_connections"), info.Count("total_connections_received"));
}
