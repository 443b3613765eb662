using System.Diagnostics;

namespace Dashboard.Demo;

/// <summary>Ends processes that outlived an earlier demo: only those that this folder names, by number and start time.</summary>
/// <remarks>This is rare: each one's watcher ends it with the dashboard, unless the watcher was killed as well.</remarks>
internal static class OrphanCleanup
{
    public const string StampFile = "process";

    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(10);

    public static async Task EndAsync(DemoFolder folder, string name, TimeProvider time, CancellationToken cancel)
    {
        var file = folder.File(name, StampFile);
        if (!File.Exists(file) || ProcessStamp.Parse(await File.ReadAllTextAsync(file, cancel)) is not { IsAlive: true } stamp)
        {
            return;
        }

        try
        {
            using var process = Process.GetProcessById(stamp.Pid);
            process.Kill();
            // It is no longer a child of the demo: .NET would wait until its new parent has reaped it as well.
            while (stamp.IsAlive)
            {
                await Task.Delay(CheckInterval, time, cancel);
            }
        }
        catch (ArgumentException)
        {
            // It has ended in the meantime.
        }
    }
}
