using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>What a server says of itself, in between.</summary>
internal static class ServerFactsQuery
{
    /// <returns>Null when it did not answer.</returns>
    public static async Task<Snapshot?> FactsAsync(this IServerActor server, CancellationToken cancel) => (await server.InfoAsync(cancel)).Value is { } text ? Snapshot.Parse(text) : null;
}
