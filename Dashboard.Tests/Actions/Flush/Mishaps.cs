using Dashboard.Servers;

namespace Dashboard.Actions.Flush;

/// <summary>Lets happen to real servers, and to the address in front of them, what operators and orchestrators do.</summary>
internal sealed class Mishaps(ThreeCaches caches)
{
    /// <summary>What the servers hold afterwards is noted.</summary>
    public async Task HappenAsync(Mishap mishap, TestServer target)
    {
        await (mishap switch
        {
            Mishap.Restarted => RestartAsync(target),
            Mishap.Demoted or Mishap.DemotedAndBack => DemoteAsync(target, mishap == Mishap.DemotedAndBack),
            Mishap.FailedOver or Mishap.FailedOverAndBack => FailOverAsync(target, caches.Other(target), mishap == Mishap.FailedOverAndBack),
            _ => RepointAsync(mishap, target),
        });
        await caches.NoteAsync();
    }

    private Task RepointAsync(Mishap mishap, TestServer target)
    {
        caches.Address.Target = caches.Other(target).Port;
        caches.Address.Beneath |= mishap == Mishap.RepointedBeneath;
        if (mishap is Mishap.RepointedAndCut or Mishap.ThereAndBack)
        {
            caches.Address.Cut();
        }

        if (mishap == Mishap.ThereAndBack)
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

    /// <summary>Of nobody: a port of its own that nothing listens on keeps its keys as they are.</summary>
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
