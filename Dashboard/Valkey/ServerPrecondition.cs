namespace Dashboard.Valkey;

/// <summary>
/// What must hold on the server at the moment it acts. The server checks it in the same step as the act, so nothing can change in between.
/// </summary>
/// <remarks>A connection can reconnect, and a name can by then lead to another server: what was read before proves nothing.</remarks>
/// <param name="RunId">The id of the server process that was read; a restart changes it.</param>
/// <param name="Database">The logical database to read or change.</param>
/// <param name="ReplicationId">
/// The <c>master_replid</c> that was read; null where it is not compared. A server that is made a replica, synchronized and made a primary
/// again has another server's keys, and keeps its run id: this id changes. It also changes where the first replica is attached, and where
/// the last one has been away for <c>repl-backlog-ttl</c> (an hour). It stays where further replicas come and go, and over FLUSHDB and
/// SWAPDB. Seen on Valkey 8.0.1 and Redis 7.0.15. A preview that is refused for that is made again; what a flush retains must not depend
/// on it.
/// </param>
internal sealed record ServerPrecondition(string RunId, int Database, string? ReplicationId = null);
