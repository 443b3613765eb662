using System.Diagnostics;
using Dashboard.Instances;

namespace Dashboard.Demo;

/// <summary>Ends servers of an earlier demo that outlived it. Only those that this folder names, number and start time.</summary>
/// <remarks>Rare: the watcher of each ends it with the dashboard, unless someone killed the watcher as well.</remarks>
internal static class OrphanCleanup
{
    public const string StampFile = "process";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);

    public static async Task EndAsync(DemoFolder folder, InstanceId id, TimeProvider time, CancellationToken cancel)
    {
        var file = folder.File(id, StampFile);
        if (!File.Exists(file) || ProcessStamp.Parse(await File.ReadAllTextAsync(file, cancel)) is not { IsAlive: true } stamp)
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(stamp.Pid);
            process.Kill();
            // Nobody's child any more: .NET would wait until its new parent has reaped it as well.
            while (stamp.IsAlive)
            {
                await Task.Delay(Look, time, cancel);
            }
        }
        catch (ArgumentException)
        {
            // It ended by itself meanwhile.
        }
    }
}
