using Dashboard.Instances;

namespace Dashboard.Valkey.Connecting;

/// <summary>A connection that is authenticated and has answered once.</summary>
/// <param name="Stream">Owned by the holder of this record.</param>
/// <param name="Info">The text of its answer to INFO.</param>
/// <param name="At">Timestamp of that answer.</param>
/// <param name="Took">How long the server took to answer.</param>
internal sealed record AuthenticatedStream(Stream Stream, string Info, long At, TimeSpan Took)
{
    /// <summary>The name that CLIENT LIST shows for the connection.</summary>
    public static string NameFor(InstanceId id, ConnectionRole role) =>
        $"dashboard-{role.ToString().ToLowerInvariant()}-{id}";
}
