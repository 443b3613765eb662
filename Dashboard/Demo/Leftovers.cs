using System.Diagnostics;
using Dashboard.Instances;

namespace Dashboard.Demo;

/// <summary>Ends servers of an earlier demo that outlived it. Only those that this folder names, number and start time.</summary>
/// <remarks>Rare: the leash ends them with the dashboard, unless somebody killed the leash as well.</remarks>
internal static class Leftovers
{
    public const string StampFile = "process";

    public static async Task EndAsync(DemoFolder folder, InstanceId id, CancellationToken cancel)
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
            await process.WaitForExitAsync(cancel);
        }
        catch (ArgumentException)
        {
            // It ended by itself meanwhile.
        }
    }
}
