using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>Does to real servers, and to the address in front of them, what operators and orchestrators do.</summary>
internal sealed class InjectedFaults(ThreeCaches caches)
{
    /// <summary>Injects the fault and records what the servers hold afterwards.</summary>
    public async Task HappenAsync(InjectedFault injectedFault, TestServer target)
    {
        await (injectedFault switch
        {
            InjectedFault.Restarted => RestartAsync(target),
            InjectedFault.Demoted or InjectedFault.DemotedAndBack => DemoteAsync(target, injectedFault == InjectedFault.DemotedAndBack),
            InjectedFault.FailedOver or InjectedFault.FailedOverAndBack =>
                FailOverAsync(target, caches.Other(target), injectedFault == InjectedFault.FailedOverAndBack),
            _ => RepointAsync(injectedFault, target),
        });
        await caches.NoteAsync();
    }

    private Task RepointAsync(InjectedFault injectedFault, TestServer target)
    {
        caches.Address.Target = caches.Other(target).Port;
        caches.Address.MovesOpenConnections |= injectedFault == InjectedFault.RepointedBeneath;
        if (injectedFault is InjectedFault.RepointedAndCut or InjectedFault.ThereAndBack)
        {
            caches.Address.Cut();
        }

        if (injectedFault == InjectedFault.ThereAndBack)
        {
            caches.Address.Target = target.Port;
        }

        return Task.CompletedTask;
    }

    private async Task RestartAsync(TestServer target)
    {
        await target.RestartAsync();
        await caches.FillAsync(target);
    }

    /// <summary>Makes it a replica of a port that nothing listens on, so that it keeps its keys.</summary>
    private static async Task DemoteAsync(TestServer target, bool back)
    {
        await target.CallAsync("REPLICAOF", TestServer.Host, FreePort.Next());
        if (back)
        {
            await target.CallAsync("REPLICAOF", "NO", "ONE");
        }
    }

    private async Task FailOverAsync(TestServer target, TestServer other, bool back)
    {
        await FollowAsync(other, target);
        await other.CallAsync("REPLICAOF", "NO", "ONE");
        await FollowAsync(target, other);
        caches.Address.Target = other.Port;
        if (back)
        {
            await target.CallAsync("REPLICAOF", "NO", "ONE");
            caches.Address.Target = target.Port;
        }
    }

    private static async Task FollowAsync(TestServer replica, TestServer primary)
    {
        await replica.CallAsync("REPLICAOF", TestServer.Host, primary.Port);
        await Eventually.Async(() => replica.InfoAsync("master_link_status"), status => status == "up");
    }
}
