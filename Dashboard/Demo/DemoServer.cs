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

    private readonly DemoChild _process;
    private readonly string _password;

    private DemoServer(DemoServerPlan plan, int port, string password, string passwordFile, DemoChild process) =>
        (Plan, Port, _password, PasswordFile, _process) = (plan, port, password, passwordFile, process);

    public DemoServerPlan Plan { get; }

    public InstanceId Id => Plan.Id;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The password file of the default user.</summary>
    public string PasswordFile { get; }

    /// <summary>The password file of a role, in the same folder.</summary>
    public string PasswordFileOf(ConnectionRole role) => Path.Combine(Path.GetDirectoryName(PasswordFile)!, FileOf(role));

    public int Pid => _process.Pid;

    /// <summary>The address for the demo's traffic.</summary>
    public Target Target => new(Port, _password, Plan.MaxMemory);

    /// <exception cref="DemoException">The server did not start; the message holds the end of its log.</exception>
    public static async Task<DemoServer> StartAsync(
        string program, DemoServerPlan plan, DemoFolder folder, TimeProvider time, CancellationToken cancel)
    {
        var name = plan.Id.Value;
        await OrphanCleanup.EndAsync(folder, name, time, cancel);
        folder.Clear(name);
        var (port, passwords) = (LoopbackPort.Next(), DemoPasswords.New());
        var configuration = folder.Write(name, "server.conf", plan.Configuration(port, passwords, folder.Of(name)));
        var passwordFile = folder.Write(name, "password", passwords.Application + "\n");
        folder.Write(name, FileOf(ConnectionRole.Watch), passwords.Watch + "\n");
        folder.Write(name, FileOf(ConnectionRole.Act), passwords.Act + "\n");
        folder.Write(name, FileOf(ConnectionRole.Backplane), passwords.Backplane + "\n");

        var server = new DemoServer(
            plan, port, passwords.Application, passwordFile, DemoChild.Start(folder, name, program, [configuration]));
        folder.Write(name, "cli", ClientScript(program, port, passwordFile), executable: true);
        await server.ReadyAsync(program, folder, time, cancel);
        return server;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private async Task ReadyAsync(string program, DemoFolder folder, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (!await AnswersAsync(cancel))
        {
            if (_process.HasEnded || time.GetElapsedTime(start) > ReadyWithin)
            {
                throw new DemoException(
                    $"{program} for {Id} did not start. The end of its log:\n{await DemoChild.LogEndAsync(folder, Id.Value, cancel)}");
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

    private static string ClientScript(string program, int port, string passwordFile) => string.Create(CultureInfo.InvariantCulture, $"""
        #!/bin/sh
        # Talks to this server: ./cli INFO memory
        REDISCLI_AUTH=$(cat '{passwordFile}') exec '{ServerProgram.ClientOf(program)}' -p {port} "$@"

        """);

    private static string FileOf(ConnectionRole role) => $"{role.ToString().ToLowerInvariant()}-password";
}
