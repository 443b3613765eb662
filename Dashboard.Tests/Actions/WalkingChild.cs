using System.Runtime.CompilerServices;
using Dashboard.Audit;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>This test program run as a console that reclaims expired keys of one server, for a test that kills it half-way.</summary>
internal static class WalkingChild
{
    private const string Variable = "DASHBOARD_TEST_WALKS";

    /// <summary>Says <c>told NUMBER</c> once the file knows how far it is.</summary>
    public static string[] Command(string folder, int port, string runId) => ["env", $"{Variable}={folder}|{port}|{runId}", Path.Combine(AppContext.BaseDirectory, "Dashboard.Tests")];

    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('|') is [var folder, var port, var runId])
        {
            WalkAsync(folder, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture), runId).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }

    private static async Task WalkAsync(string folder, int port, string runId)
    {
        var time = TimeProvider.System;
        using var console = new OpenTrail(folder, time, "first-1");
        var runs = new RunBook(console.Store, new("first-1"), time);
        var instance = new Instance(InstanceId.Of("session"), Purpose.Session, new("127.0.0.1", port));
        var plan = new ActionPlan(Guid.NewGuid(), "keys.reclaim", instance, runId, time.GetUtcNow()) { Counts = new Dictionary<string, long> { ["keys"] = 40_000 } };
        var run = new Run(Guid.CreateVersion7(), plan.Action, instance.Id, runId, 0, "", "guest", "", time.GetUtcNow());
        await runs.ClaimAsync(run, CancellationToken.None);
        var intent = ((IntentReply.Written)await console.Trail.IntendAsync(new(plan.Action, "guest") { Instance = instance.Id }, TimeSpan.FromSeconds(30), CancellationToken.None)).Intent;
        await using var progress = new RunProgress(run, runs, console.Trail, intent, TimeSpan.FromSeconds(30), time, CancellationToken.None);
        await using var server = new ValkeyServers(time).For(Duty.Act, instance, TimeSpan.FromSeconds(60));
        _ = SayAsync(runs, instance.Id);
        await new ReclaimExpired(time).ExecuteAsync(plan, server, progress, CancellationToken.None);
        Console.WriteLine("over");
    }

    private static async Task SayAsync(RunBook runs, InstanceId instance)
    {
        while ((await runs.RunningAsync(instance, CancellationToken.None))?.Done is null or 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Console.WriteLine($"told {(await runs.RunningAsync(instance, CancellationToken.None))!.Done}");
    }
}
