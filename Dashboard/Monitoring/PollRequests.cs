using System.Collections.Frozen;
using Dashboard.Configuration;
using Dashboard.Instances;

namespace Dashboard.Monitoring;

/// <summary>
/// The poll requests of all instances: after a change to an instance, its facts are wanted at once. Only the instance's own poller polls.
/// </summary>
internal sealed class PollRequests(MonitoringSettings settings, TimeProvider time)
{
    private readonly FrozenDictionary<InstanceId,
        PollRequest> _requests = settings.Instances.ToFrozenDictionary(instance => instance.Id, _ => new PollRequest(time));

    /// <exception cref="ArgumentException">No instance has this id.</exception>
    public PollRequest Of(InstanceId id) =>
        _requests.TryGetValue(id, out var request) ? request : throw new ArgumentException($"No instance is called '{id}'.", nameof(id));
}
