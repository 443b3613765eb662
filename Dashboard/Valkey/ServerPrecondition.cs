namespace Dashboard.Valkey;

/// <summary>
/// What must hold on the server at the moment it acts. The server checks it in the same step as the act, so nothing can change in between.
/// </summary>
/// <remarks>A connection can reconnect, and a name can by then lead to another server: what was read before proves nothing.</remarks>
/// <param name="RunId">The id of the server process that was read; a restart changes it.</param>
/// <param name="Database">The logical database to read or change.</param>
internal sealed record ServerPrecondition(string RunId, int Database);
