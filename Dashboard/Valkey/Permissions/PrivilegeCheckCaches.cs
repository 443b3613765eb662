using System.Collections.Frozen;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey.Permissions;

/// <summary>A desk for each instance and duty.</summary>
internal sealed class PrivilegeCheckCaches(WatchSettings settings, ValkeyServers servers, TimeProvider time)
{
    private readonly FrozenDictionary<(InstanceId, Duty), PrivilegeCheckCache> _caches = settings.Instances
        .SelectMany(instance => Enum.GetValues<Duty>().Select(duty => (instance, duty)))
        .ToFrozenDictionary(one => (one.instance.Id, one.duty), one => new PrivilegeCheckCache(one.instance, one.duty, servers, settings.PollTimeout, time));

    public PrivilegeCheckCache Of(InstanceId instance, Duty duty) => _caches[(instance, duty)];
}
