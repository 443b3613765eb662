namespace Dashboard.Valkey;

/// <summary>
/// What must hold on the server at the moment it acts. The server checks it in the same step as the act, so nothing can change in between.
/// </summary>
/// <remarks>A connection reconnects, and a name may by then lead to another server: what was read before proves nothing.</remarks>
/// <param name="RunId">Of the server process that was looked at; another after each restart.</param>
/// <param name="Database">The logical database it is about.</param>
internal sealed record ServerPrecondition(string RunId, int Database);
