using System.Collections.Concurrent;
using Dashboard.Instances;

namespace Dashboard.Valkey;

/// <summary>
/// The hits and misses that this console's acting connections caused on each server. A purge looks at every key, and its hits would look
/// like the application's.
/// </summary>
/// <remarks>A step whose answer was lost is not in it, nor is what other consoles caused.</remarks>
internal sealed class OwnLookups
{
    private readonly ConcurrentDictionary<InstanceId, (string RunId, KeyLookups Lookups)> _made = new();

    /// <param name="runId">The server process that counted them; those of a process before it are forgotten.</param>
    public void Add(InstanceId instance, string runId, KeyLookups lookups)
    {
        if (lookups != default)
        {
            _made.AddOrUpdate(
                instance, (runId, lookups), (_, before) => (runId, before.RunId == runId ? before.Lookups + lookups : lookups));
        }
    }

    /// <summary>The lookups so far, and the server process that counted them; null when there are none.</summary>
    public (string RunId, KeyLookups Lookups)? Of(InstanceId instance) => _made.TryGetValue(instance, out var made) ? made : null;
}
