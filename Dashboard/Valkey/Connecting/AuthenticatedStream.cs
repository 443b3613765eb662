using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>A connection that is authenticated and has answered once.</summary>
/// <param name="Stream">Owned by whoever holds the link.</param>
/// <param name="Info">The text of the INFO it answered.</param>
/// <param name="At">Timestamp of that answer.</param>
/// <param name="Took">How long it took to answer.</param>
internal sealed record AuthenticatedStream(Stream Stream, string Info, long At, TimeSpan Took)
{
    /// <summary>What CLIENT LIST shows for our connection.</summary>
    public static string NameFor(InstanceId id, ConnectionRole role) =>
        $"dashboard-{(role == ConnectionRole.Watch ? "watch" : "act")}-{id}";
}
