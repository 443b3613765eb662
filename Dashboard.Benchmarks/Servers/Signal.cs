using System.Runtime.InteropServices;

namespace Dashboard.Benchmarks.Servers;

/// <summary>Stops a process, and lets it continue.</summary>
internal static class Signal
{
    private const int SigContinue = 18;
    private const int SigStop = 19;

    public static void Stop(int pid) => Send(pid, SigStop);

    public static void Continue(int pid) => Send(pid, SigContinue);

    private static void Send(int pid, int signal)
    {
        if (kill(pid, signal) != 0)
        {
            throw new BenchException($"Signal {signal} to process {pid} failed: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}
