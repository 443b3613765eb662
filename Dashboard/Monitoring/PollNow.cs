using System.Collections.Frozen;
using Dashboard.Instances;

namespace Dashboard.Monitoring;

/// <summary>Where whoever did something to an instance asks for its facts at once. Only the instance's own poller polls.</summary>
internal sealed class PollNow(WatchSettings settings, TimeProvider time)
{
    private readonly FrozenDictionary<InstanceId, PollSignal> _signals = settings.Instances.ToFrozenDictionary(instance => instance.Id, _ => new PollSignal(time));

    /// <exception cref="ArgumentException">No instance has this id.</exception>
    public PollSignal Of(InstanceId id) => _signals.TryGetValue(id, out var signal) ? signal : throw new ArgumentException($"No instance is called '{id}'.", nameof(id));
}
