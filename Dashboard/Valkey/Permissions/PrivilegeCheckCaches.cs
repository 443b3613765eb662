using System.Collections.Frozen;
using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Valkey.Permissions;

/// <summary>A desk for each instance and duty.</summary>
internal sealed class PrivilegeCheckCaches(MonitoringSettings settings, ValkeyServers servers, TimeProvider time)
{
    private readonly FrozenDictionary<(InstanceId, ConnectionRole), PrivilegeCheckCache> _caches = settings.Instances
        .SelectMany(instance => Enum.GetValues<ConnectionRole>().Select(role => (instance, role)))
        .ToFrozenDictionary(one => (one.instance.Id, one.role), one => new PrivilegeCheckCache(one.instance, one.role, servers, settings.PollTimeout, time));

    public PrivilegeCheckCache Of(InstanceId instance, ConnectionRole role) => _caches[(instance, role)];
}
