using Dashboard.Actions;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Audit.Events;
using Dashboard.Servers;
using Dashboard.Valkey.Commands;

namespace Dashboard.Scenarios.Flush;

/// <summary>
/// One flush from the first poll to its end, with faults in between; after each step, all other servers hold what they held.
/// </summary>
/// <param name="number">Each twentieth round fails over.</param>
internal sealed class FlushRound(ThreeCaches caches, Random random, Dictionary<string, int> tally, int number)
{
    private static readonly InjectedFault[] Slow = [InjectedFault.FailedOver, InjectedFault.FailedOverAndBack];
    private static readonly InjectedFault[] Quick = [.. Enum.GetValues<InjectedFault>().Except([InjectedFault.None]).Except(Slow)];

    private readonly InjectedFaults _injectedFaults = new(caches);
    private readonly List<string> _story = [];

    /// <summary>The fault in progress: a connection may break before the fault that breaks it is over.</summary>
    private Task _happening = Task.CompletedTask;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private OpenFlush Flush => caches.Flush;

    /// <summary>What happened, to explain a failure.</summary>
    public string Story => string.Join(" > ", _story);

    public async Task RunAsync()
    {
        var target = caches.Servers[random.Next(3)];
        caches.Address.Target = target.Port;
        await Flush.Runner.PollAsync(target);
        await HappenAsync(target, "before the plan", number % 20 > 0 ? 0.15 : 0);
        var result = await Flush.Runner.Planner.PlanAsync(Flush.Session, "cache.flush", Flush.Runner.Instance.Id, "", Cancel);
        if (result is PlanResult.Refused refused)
        {
            await UnchangedAsync("plan refused", refused.Why.Sentence);
            return;
        }

        var plan = Assert.IsType<PlanResult.Planned>(result).Plan;

        var calm = number % 20 > 0 && !await HappenAsync(target, "before the confirmation", 0.5);
        if (number % 20 == 0)
        {
            // Two servers copy each other's keys, which takes time.
            await HappenAsync(Slow[number / 20 % 2], target, "before the confirmation");
        }

        if (random.Next(2) == 0)
        {
            await Flush.Runner.PollAsync(caches.Answering);
        }

        calm &= !WillHappen(target, LuaScripts.SwapOut, "at the step", 0.25);
        if (await ConfirmAsync(plan, calm))
        {
            await AfterwardsAsync(target, plan);
        }
    }

    /// <returns>Whether it was flushed.</returns>
    private async Task<bool> ConfirmAsync(ActionPlan plan, bool calm)
    {
        await caches.NoteAsync();
        var result = await Flush.Runner.BeginAsync(Flush.Session, plan);
        if (result is RunResult.Refused refused)
        {
            Assert.False(calm, refused.Why.Sentence);
            await UnchangedAsync("confirmation refused", refused.Why.Sentence);
            return false;
        }

        var run = await Flush.OverAsync(((RunResult.Begun)result).Run.Id);
        await _happening;
        Assert.True(!calm || run.Result == AuditResult.Done, run.Sentence);
        if (run.Result == AuditResult.Done)
        {
            await FlushedAsync(plan, run);
            return true;
        }

        await UnchangedAsync(run.Result == AuditResult.Unknown ? "flush unknown" : "flush refused by the server", run.Sentence!);
        return false;
    }

    private async Task FlushedAsync(ActionPlan plan, Run run)
    {
        Tell("flushed", run.Sentence!);
        foreach (var server in caches.Servers)
        {
            var (was, now) = (caches.Noted(server), await ThreeCaches.NowAsync(server));
            if (now.RunId == plan.RunId)
            {
                var spare = plan.PayloadAs<FlushPayload>().Spare!.Value;
                Assert.Equal((false, was.Databases[0]), (now.Databases.ContainsKey(0), now.Databases[spare]));
                Tell("of the one that was seen", "");
            }
            else
            {
                Assert.Equal(was.Text, now.Text);
            }
        }

        Assert.Equal("of the one that was seen", _story[^1]);
    }

    /// <summary>Undoes the flush, or gives it up. Whatever happens in between, what was flushed comes back once its server does.</summary>
    private async Task AfterwardsAsync(TestServer target, ActionPlan plan)
    {
        var (original, purge) = (caches.Noted(target).Databases[0], random.Next(2) == 0);
        await BackAsync(target);
        await caches.NoteAsync();
        var calm = !await HappenAsync(target, purge ? "before the purge" : "before the undo", 0.4);
        calm &= !WillHappen(target, purge ? LuaScripts.Purge : LuaScripts.BringBack, purge ? "at the purge" : "at the undo", 0.5);
        await caches.NoteAsync();
        await (purge ? PurgeAsync() : UndoAsync());
        await _happening;
        await OthersUnchangedAsync(plan);
        await BackAsync(target);
        await ComeBackAsync(target, plan, original, purge && calm);
    }

    private async Task ComeBackAsync(TestServer target, ActionPlan plan, string original, bool given)
    {
        if (await Flush.Runner.Flushes.OpenAsync(Cancel) is [{ State: RetentionState.Purging }])
        {
            // The answer was lost, and whether the purge was done could not be seen: it is asked again.
            caches.Time.Advance(RetainedFlushes.PurgeLease);
            await Flush.Runner.Sweep.SweepAsync(Cancel);
            Tell(await Flush.Runner.Flushes.OpenAsync(Cancel) is [] ? "given up" : "purge put off", "");
        }

        var (now, open) = (await ThreeCaches.NowAsync(target), await Flush.Runner.Flushes.OpenAsync(Cancel));
        if (now.RunId == plan.RunId && open is [{ State: RetentionState.Retained } kept])
        {
            Assert.False(given, "It was not given up, with nothing in the way.");
            Assert.Null(await Flush.Runner.Undo.UndoAsync(Flush.Session, kept, Cancel));
            var undone = await Flush.Runner.OverAsync();
            Assert.True(undone.Result == AuditResult.Done, undone.Sentence);
            Tell("brought back in the end", undone.Sentence!);
            await OthersUnchangedAsync(plan);
        }

        now = await ThreeCaches.NowAsync(target);
        if (now.RunId == plan.RunId && !_story.Contains("given up"))
        {
            Assert.Equal((original, 1), (now.Databases.GetValueOrDefault(0), now.Databases.Count));
        }
    }

    private async Task UndoAsync()
    {
        var refusal = await Flush.Runner.Undo.UndoAsync(Flush.Session, await Flush.KeptAsync(), Cancel);
        var undone = refusal is null ? await Flush.Runner.OverAsync() : null;
        Tell(undone?.Result == AuditResult.Done ? "undone" : "undo refused", undone?.Sentence ?? refusal!.Sentence);
    }

    private async Task PurgeAsync()
    {
        Assert.Null(await Flush.Runner.Undo.GiveUpAsync(Flush.Session, await Flush.KeptAsync(), Cancel));
        await Flush.Runner.Sweep.SweepAsync(Cancel);
        caches.Time.Advance(TimeSpan.FromSeconds(6));
        await Flush.Runner.Sweep.SweepAsync(Cancel);
        Tell(await Flush.Runner.Flushes.OpenAsync(Cancel) is [] ? "given up" : "purge put off", "");
    }

    private async Task UnchangedAsync(string what, string why)
    {
        Tell(what, why);
        foreach (var server in caches.Servers)
        {
            Assert.Equal(caches.Noted(server).Text, (await ThreeCaches.NowAsync(server)).Text);
        }
    }

    private async Task OthersUnchangedAsync(ActionPlan plan)
    {
        foreach (var server in caches.Servers.Where(server => caches.Noted(server).RunId != plan.RunId))
        {
            Assert.Equal(caches.Noted(server).Text, (await ThreeCaches.NowAsync(server)).Text);
        }
    }

    private async Task<bool> HappenAsync(TestServer target, string when, double odds)
    {
        if (random.NextDouble() >= odds)
        {
            return false;
        }

        await HappenAsync(Quick[random.Next(Quick.Length)], target, when);
        return true;
    }

    /// <summary>Injects a fault once a request with this script is on its way; in an Undo, at any of its pages.</summary>
    private bool WillHappen(TestServer target, string script, string when, double odds)
    {
        if (random.NextDouble() >= odds)
        {
            return false;
        }

        var (injectedFault, pages) = (Quick[random.Next(Quick.Length)], script == LuaScripts.BringBack ? random.Next(3) : 0);
        caches.Address.OnRequest = async text =>
        {
            if (text.Contains(script, StringComparison.Ordinal) && pages-- == 0)
            {
                // On a thread of its own: a restart blocks before it returns a task, and the round must already see that it has begun.
                await (_happening = Task.Run(() => HappenAsync(injectedFault, target, when), Cancel));
            }
        };
        return true;
    }

    private async Task HappenAsync(InjectedFault injectedFault, TestServer target, string when)
    {
        _story.Add($"{injectedFault} {when}");
        Count(injectedFault.ToString());
        Count(when);
        await _injectedFaults.HappenAsync(injectedFault, target);
    }

    private async Task BackAsync(TestServer target)
    {
        (caches.Address.Target, caches.Address.MovesOpenConnections, caches.Address.OnRequest) = (target.Port, false, null);
        await target.CallAsync("REPLICAOF", "NO", "ONE");
        await Flush.Runner.PollAsync(target);
    }

    private void Count(string what) => tally[what] = tally.GetValueOrDefault(what) + 1;

    private void Tell(string what, string why)
    {
        _story.Add(what);
        Count(what);
        if (why.Length > 0)
        {
            _story.Add($"“{why}”");
        }
    }
}
