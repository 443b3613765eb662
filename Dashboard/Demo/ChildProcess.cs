using System.Diagnostics;

namespace Dashboard.Demo;

/// <summary>Starts a process that ends within 3 s of its starter, however the starter ends.</summary>
/// <remarks>
/// The kernel closes the starter's end of the pipe when the starter ends, even by SIGKILL; a watcher at the other end
/// (<c>child-process.sh</c>) notices and ends the process, even one that is stopped. The kernel's parent-death signal does not work here:
/// it follows the starting <em>thread</em>, and .NET's threads come and go. A session of its own keeps the terminal's Ctrl-C from the
/// process: the dashboard decides in which order they end.
/// </remarks>
internal static class ChildProcess
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Demo", "child-process.sh");

    /// <param name="log">The file that receives the output of the process.</param>
    /// <returns>The process; keep it, and close its standard input to end it.</returns>
    public static Process Start(string program, IEnumerable<string> arguments, string log)
    {
        string[] command = ["sh", Script, log, program, .. arguments];
        return Process.Start(new ProcessStartInfo("setsid", command) { RedirectStandardInput = true })!;
    }
}
