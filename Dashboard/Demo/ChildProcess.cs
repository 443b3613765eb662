using System.Diagnostics;

namespace Dashboard.Demo;

/// <summary>Starts a process that ends within 3 s of its starter, however that one ends.</summary>
/// <remarks>
/// The kernel closes our end of the pipe with us, SIGKILL included; a watcher at the other end (<c>child-process.sh</c>) sees that and ends
/// the process, even one that is stopped. The kernel's parent-death signal will not do: it follows the starting <em>thread</em>, and .NET's
/// come and go. A session of its own keeps the terminal's Ctrl-C from the process: the dashboard decides the order of going.
/// </remarks>
internal static class ChildProcess
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Demo", "child-process.sh");

    /// <param name="log">File that gets what the process prints.</param>
    /// <returns>The process; keep it, and close its standard input to end it.</returns>
    public static Process Start(string program, IEnumerable<string> arguments, string log)
    {
        string[] command = ["sh", Script, log, program, .. arguments];
        return Process.Start(new ProcessStartInfo("setsid", command) { RedirectStandardInput = true })!;
    }
}
