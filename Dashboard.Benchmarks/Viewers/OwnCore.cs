using System.Diagnostics;
using System.Globalization;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>
/// Keeps this program, and the processes that it starts in the meantime, on one core, and leaves another to what is measured.
/// </summary>
internal sealed class OwnCore : IDisposable
{
    private readonly string _before;

    private OwnCore(IReadOnlyList<int> cores) => (_before, Other) = (string.Join(',', cores), cores[0]);

    /// <summary>The core for what is measured.</summary>
    public int Other { get; }

    /// <exception cref="BenchException">There is only one core.</exception>
    public static OwnCore Take()
    {
        var cores = CpuList.Own();
        if (cores.Count < 2)
        {
            throw new BenchException("This needs two cores: one for the console, one for its viewers.");
        }

        var own = new OwnCore(cores);
        Pin(cores[1].ToString(CultureInfo.InvariantCulture));
        return own;
    }

    public void Dispose() => Pin(_before);

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new BenchException($"taskset cannot be started ({error.Message}): install util-linux.");
        }
    }

    /// <summary>Moves all threads of this process; threads that begin later follow.</summary>
    private static void Pin(string cores)
    {
        string[] arguments = ["-a", "-c", "-p", cores, Environment.ProcessId.ToString(CultureInfo.InvariantCulture)];
        var start = new ProcessStartInfo("taskset", arguments) { RedirectStandardOutput = true };
        using var taskset = Start(start);
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
        if (taskset.ExitCode != 0)
        {
            throw new BenchException("taskset (util-linux) failed: its output is above.");
        }
    }
}
