using System.Collections.Frozen;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Privileges;

/// <summary>A desk for each instance and duty.</summary>
internal sealed class PrivilegeDesks(WatchSettings settings, ValkeyServers servers, TimeProvider time)
{
    private readonly FrozenDictionary<(InstanceId, Duty), PrivilegeDesk> _desks = settings.Instances
        .SelectMany(instance => Enum.GetValues<Duty>().Select(duty => (instance, duty)))
        .ToFrozenDictionary(one => (one.instance.Id, one.duty), one => new PrivilegeDesk(one.instance, one.duty, servers, settings.PollTimeout, time));

    public PrivilegeDesk Of(InstanceId instance, Duty duty) => _desks[(instance, duty)];
}
