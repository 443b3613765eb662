using System.Diagnostics;
using System.Globalization;

namespace Dashboard.Demo;

/// <summary>A running process of the demo. Its folder has its number (<c>pid</c>) and what it wrote (<c>log</c>).</summary>
internal sealed class DemoChild : IAsyncDisposable
{
    private const string Log = "log";

    private readonly Process _process;
    private readonly StreamWriter _watchersInput;
    private int _isReleased;

    private DemoChild(Process process)
    {
        (_process, _watchersInput) = (process, process.StandardInput);
        // A process that ends on its own releases its watcher.
        process.Exited += (_, _) => ReleaseWatcher();
        process.EnableRaisingEvents = true;
    }

    public int Pid => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <summary>As a shell has it: 143 after SIGTERM, 137 after SIGKILL. Known once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <param name="name">The name of its folder.</param>
    /// <param name="grace">How long it may take to end; null for 2 s.</param>
    public static DemoChild Start(
        DemoFolder folder, string name, string program, IEnumerable<string> arguments, TimeSpan? grace = null)
    {
        var child = new DemoChild(ChildProcess.Start(program, arguments, folder.File(name, Log), grace));
        folder.Write(name, "pid", string.Create(CultureInfo.InvariantCulture, $"{child.Pid}\n"));
        folder.Write(name, OrphanCleanup.StampFile, ProcessStamp.Of(child.Pid)?.ToString() ?? "");
        return child;
    }

    /// <summary>The last lines that a process wrote.</summary>
    public static async Task<string> LogEndAsync(DemoFolder folder, string name, CancellationToken cancel)
    {
        var log = folder.File(name, Log);
        return File.Exists(log) ? string.Join('\n', (await File.ReadAllLinesAsync(log, cancel)).TakeLast(5)) : "(nothing)";
    }

    public Task EndedAsync(CancellationToken cancel) => _process.WaitForExitAsync(cancel);

    /// <summary>Ends the process and waits for it, 15 s at most.</summary>
    public async ValueTask DisposeAsync()
    {
        ReleaseWatcher();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(15)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    /// <summary>
    /// Closes the pipe once: the process may end on its own while it is being ended, and a pipe that is closed twice at a time throws.
    /// </summary>
    private void ReleaseWatcher()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            _watchersInput.Close();
        }
    }
}
