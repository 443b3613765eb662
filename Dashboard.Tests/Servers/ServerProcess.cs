using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Dashboard.Servers;

/// <summary>
/// One run of a server program. It ends with the test process, however that ends, because its supervisor sees the end of the pipe.
/// </summary>
/// <remarks>
/// A death signal set by the parent would not do: it fires when the thread that started the server ends, and pool threads end.
/// </remarks>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Supervisor = """
        exec 2>&1 3<&0
        "$@" </dev/null 3<&- & server=$!
        echo "server-pid $server"
        { cat <&3 >/dev/null; rm -rf "$FOLDER"; kill -9 $server; } 2>/dev/null & watch=$!
        exec 3<&-
        wait $server
        kill $watch 2>/dev/null
        """;

    private const int NoSuchProcess = 3;
    private const int SigKill = 9;
    private const int SigTerminate = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;

    private readonly Process _supervisor;
    private readonly TaskCompletionSource<int> _pid = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly Task _drained;

    private readonly string _readyWords;
    private bool _wroteASecret;

    private ServerProcess(Process supervisor, string readyWords)
    {
        (_supervisor, _readyWords) = (supervisor, readyWords);
        _drained = DrainAsync();
    }

    /// <summary>The server's own process id, not its supervisor's.</summary>
    public int Pid => _pid.Task.Result;

    public bool IsRunning => !_supervisor.HasExited;

    /// <summary>The last lines it wrote.</summary>
    public string Output => string.Join('\n', _lines);

    /// <param name="folder">Removed if the test process dies.</param>
    /// <param name="readyWords">What it writes once it accepts connections.</param>
    public static async Task<ServerProcess> StartAsync(
        string folder, IEnumerable<string> command, string readyWords = "Ready to accept connections")
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Supervisor, "sh", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
            Environment = { ["FOLDER"] = folder },
        };
        var process = new ServerProcess(Process.Start(start)!, readyWords);
        await process._pid.Task.WaitAsync(Eventually.Bound, TimeProvider.System);
        return process;
    }

    /// <summary>Waits until it accepts connections; false when it ended before.</summary>
    public async Task<bool> IsReadyAsync()
    {
        await Task.WhenAny(_ready.Task, _drained).WaitAsync(Eventually.Bound, TimeProvider.System);
        return _ready.Task.IsCompleted;
    }

    /// <summary>Halts it where it is: it keeps its connections and sends nothing.</summary>
    public void Stop() => Signal(SigStop);

    public void Continue() => Signal(SigContinue);

    /// <summary>Kills it without a chance to clean up, and waits until it has ended.</summary>
    public Task KillAsync() => EndAsync(SigKill);

    /// <summary>Asks it to end, and waits until it has ended.</summary>
    public Task TerminateAsync() => EndAsync(SigTerminate);

    private async Task EndAsync(int signal)
    {
        Signal(signal);
        await _drained.WaitAsync(Eventually.Bound, TimeProvider.System);
        await _supervisor.WaitForExitAsync().WaitAsync(Eventually.Bound, TimeProvider.System);
    }

    /// <summary>Closes the pipe, as the kernel does when the test process dies.</summary>
    public void CloseSupervisorPipe() => _supervisor.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        if (!_supervisor.HasExited)
        {
            await KillAsync();
        }

        _supervisor.StandardInput.Close();
        _supervisor.Dispose();
        Assert.False(_wroteASecret, "A line it wrote held a secret.");
    }

    private void Signal(int signal)
    {
        // The server may have ended on its own without its supervisor having noticed yet.
        if (!_supervisor.HasExited && kill(Pid, signal) != 0 && Marshal.GetLastPInvokeError() != NoSuchProcess)
        {
            throw new InvalidOperationException($"Signal {signal} to the server failed: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    private async Task DrainAsync()
    {
        while (await _supervisor.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("server-pid ", StringComparison.Ordinal))
            {
                _pid.TrySetResult(int.Parse(line.AsSpan(11), CultureInfo.InvariantCulture));
            }

            if (line.Contains(_readyWords, StringComparison.Ordinal))
            {
                _ready.TrySetResult();
            }

            _wroteASecret |= Canaries.IsKept(line);
            _lines.Enqueue(line);
            if (_lines.Count > 50)
            {
                _lines.TryDequeue(out _);
            }
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int signal);
}
