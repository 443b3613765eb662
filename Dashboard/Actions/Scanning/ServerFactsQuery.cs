using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>Asks a server for its facts in the course of an action.</summary>
internal static class ServerFactsQuery
{
    /// <returns>Null when the server did not answer.</returns>
    public static async Task<Snapshot?> FactsAsync(this IServerActor server, CancellationToken cancel) =>
        (await server.InfoAsync(cancel)).Value is { } text ? Snapshot.Parse(text) : null;
}
