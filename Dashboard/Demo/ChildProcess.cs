using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Demo;

/// <summary>Starts a process that ends with its starter, however the starter ends.</summary>
/// <remarks>
/// The kernel closes the starter's end of the pipe when the starter ends, even by SIGKILL; a watcher at the other end
/// (<c>child-process.sh</c>) notices and ends the process, even one that is stopped. The kernel's parent-death signal does not work here:
/// it follows the starting <em>thread</em>, and .NET's threads come and go. A session of its own keeps the terminal's Ctrl-C from the
/// process: the dashboard decides in which order they end.
/// </remarks>
internal static class ChildProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "Demo", "child-process.sh");

    /// <param name="log">The file that receives the output of the process.</param>
    /// <param name="grace">How long it may take to end, in whole seconds; null for 2 s. After that it is killed.</param>
    /// <returns>The process; keep it, and close its standard input to end it.</returns>
    public static Process Start(string program, IEnumerable<string> arguments, string log, TimeSpan? grace = null)
    {
        var seconds = (grace ?? Grace).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        string[] command = ["sh", Script, seconds, log, program, .. arguments];
        return Process.Start(new ProcessStartInfo("setsid", command) { RedirectStandardInput = true })!;
    }
}
