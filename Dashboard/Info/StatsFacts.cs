namespace Dashboard.Info;

/// <summary>Counters since the server's start or since CONFIG RESETSTAT, which zeroes them without changing the run_id.</summary>
public sealed record StatsFacts(
    long? Commands, long? NetIn, long? NetOut, long? Hits, long? Misses, long? Evicted, long? Expired, double? ExpiredStalePercent,
    long? ExpireCapReached,
    long? PubSubChannels, long? PubSubPatterns, long? OutputBufferDisconnections, long? ErrorReplies, long? EventLoopMicroseconds,
    long? EventLoopCycles, long? DeniedAuth)
{
    public static StatsFacts From(InfoReply info) => new(
        info.Count("total_commands_processed"), info.Count("total_net_input_bytes"), info.Count("total_net_output_bytes"),
        info.Count("keyspace_hits"), info.Count("keyspace_misses"), info.Count("evicted_keys"), info.Count("expired_keys"),
        info.Real("expired_stale_perc"), info.Count("expired_time_cap_reached_count"),
        info.Count("pubsub_channels"), info.Count("pubsub_patterns"), info.Count("client_output_buffer_limit_disconnections"),
        info.Count("total_error_replies"), info.Count("eventloop_duration_sum"), info.Count("eventloop_cycles"),
        info.Count("acl_access_denied_auth"));
}
