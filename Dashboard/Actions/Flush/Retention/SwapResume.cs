using Dashboard.Actions.Execution;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Goes on with an Undo whose console ended in the middle.</summary>
internal sealed class SwapResume(RunStore runs, ActionRunner runner, UndoFlush undo, SwapClosing closing, SwapTries tries, ValkeyServers servers)
{
    public async Task ResumeAsync(Swap swap, Instance instance, CancellationToken cancel)
    {
        if (await runs.RunningAsync(swap.Instance, cancel) is not null)
        {
            return;
        }

        await using var server = servers.Actor(instance, ActionTimeouts.Query);
        switch (await server.FactsAsync(cancel))
        {
            case null:
                tries.Failed(swap.Id);
                break;
            case var _ when instance.Address.Database == swap.Spare:
                await closing.OwnNowAsync(swap, cancel);
                break;
            case var facts when facts.Server.RunId != swap.RunId || facts.Replication.Role != "master":
                await closing.OtherServerAsync(swap, cancel);
                break;
            default:
                // Should this one end without a word as well, the next comes later.
                tries.Failed(swap.Id);
                var plan = undo.PlanOf(swap, instance);
                await runner.BeginAsync(undo, plan, ActionEvents.Of(plan, AuditEvent.Console) with { Reason = "the console that brought it back ended in the middle" }, cancel);
                break;
        }
    }
}
