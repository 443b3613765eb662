using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Dashboard.Demo.Load;
using Dashboard.Instances;

namespace Dashboard.Demo;

/// <summary>One real server, run as a child process. When it ends on its own it stays down: breaking it is what a demo is for.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    /// <summary>60 s: a busy machine is slow, and a server that has ended is not waited for.</summary>
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StreamWriter _watchersInput;
    private readonly string _password;
    private int _isReleased;

    private DemoServer(DemoServerPlan plan, int port, string password, string passwordFile, Process process)
    {
        (Plan, Port, _password, PasswordFile, _process, _watchersInput) = (
            plan, port, password, passwordFile, process, process.StandardInput);
        // A server that ends on its own releases its watcher.
        process.Exited += (_, _) => ReleaseWatcher();
        process.EnableRaisingEvents = true;
    }

    public DemoServerPlan Plan { get; }

    public InstanceId Id => Plan.Id;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The password file of the default user.</summary>
    public string PasswordFile { get; }

    /// <summary>The password file of a role, in the same folder.</summary>
    public string PasswordFileOf(ConnectionRole role) => Path.Combine(Path.GetDirectoryName(PasswordFile)!, FileOf(role));

    public int Pid => _process.Id;

    /// <summary>The address for the demo's traffic.</summary>
    public Target Target => new(Port, _password, Plan.MaxMemory);

    /// <exception cref="DemoException">The server did not start; the message holds the end of its log.</exception>
    public static async Task<DemoServer> StartAsync(
        string program, DemoServerPlan plan, DemoFolder folder, TimeProvider time, CancellationToken cancel)
    {
        await OrphanCleanup.EndAsync(folder, plan.Id, time, cancel);
        folder.Clear(plan.Id);
        var (port, passwords) = (FreePort(), DemoPasswords.New());
        var configuration = folder.Write(plan.Id, "server.conf", plan.Configuration(port, passwords, folder.Of(plan.Id)));
        var passwordFile = folder.Write(plan.Id, "password", passwords.Application + "\n");
        folder.Write(plan.Id, FileOf(ConnectionRole.Watch), passwords.Watch + "\n");
        folder.Write(plan.Id, FileOf(ConnectionRole.Act), passwords.Act + "\n");
        folder.Write(plan.Id, FileOf(ConnectionRole.Backplane), passwords.Backplane + "\n");

        var server =
            new DemoServer(
                plan, port, passwords.Application, passwordFile, ChildProcess.Start(program, [configuration], folder.File(plan.Id, "log")));
        folder.Write(plan.Id, "pid", string.Create(CultureInfo.InvariantCulture, $"{server.Pid}\n"));
        folder.Write(plan.Id, OrphanCleanup.StampFile, ProcessStamp.Of(server.Pid)?.ToString() ?? "");
        folder.Write(plan.Id, "cli", ClientScript(program, port, passwordFile), executable: true);
        await server.ReadyAsync(program, folder, time, cancel);
        return server;
    }

    /// <summary>Ends the server and waits for it, 5 s at most.</summary>
    public async ValueTask DisposeAsync()
    {
        ReleaseWatcher();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Dispose();
    }

    /// <summary>
    /// Closes the pipe once: the server may end on its own while it is being ended, and a pipe that is closed twice at a time throws.
    /// </summary>
    private void ReleaseWatcher()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
        {
            _watchersInput.Close();
        }
    }

    private async Task ReadyAsync(string program, DemoFolder folder, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (!await AnswersAsync(cancel))
        {
            if (_process.HasExited || time.GetElapsedTime(start) > ReadyWithin)
            {
                throw new DemoException($"{program} for {Id} did not start. The end of its log:\n{await LogEndAsync(folder, cancel)}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), time, cancel);
        }
    }

    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, Port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task<string> LogEndAsync(DemoFolder folder, CancellationToken cancel)
    {
        var log = folder.File(Id, "log");
        return File.Exists(log) ? string.Join('\n', (await File.ReadAllLinesAsync(log, cancel)).TakeLast(5)) : "(nothing)";
    }

    private static string ClientScript(string program, int port, string passwordFile) => string.Create(CultureInfo.InvariantCulture, $"""
        #!/bin/sh
        # Talks to this server: ./cli INFO memory
        REDISCLI_AUTH=$(cat '{passwordFile}') exec '{ServerProgram.ClientOf(program)}' -p {port} "$@"

        """);

    private static string FileOf(ConnectionRole role) => $"{role.ToString().ToLowerInvariant()}-password";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
