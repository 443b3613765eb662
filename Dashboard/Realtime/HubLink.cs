using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dashboard.Realtime;

/// <summary>
/// A connection to <see cref="ConsoleHub"/> in memory. The backplane reaches connections of a hub, and not the program: over this one the
/// console hears what arrives. It needs no address, no certificate and no secret.
/// </summary>
internal sealed class HubLink(HubConnectionHandler<ConsoleHub> hub) : IConnectionFactory
{
    private static readonly PipeOptions InMemory = new(useSynchronizationContext: false);

    /// <summary>Connects, and stays connected until <paramref name="cancel"/> or until the hub ends the connection.</summary>
    /// <param name="hear">Called for each hint, one at a time.</param>
    /// <param name="use">Runs while it is connected; its token ends it.</param>
    public async Task RunAsync(Action<ReplicaHint> hear, Func<CancellationToken, Task> use, CancellationToken cancel)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(this).AddSingleton<EndPoint>(new DnsEndPoint("memory", 1));
        await using var connection = builder.Build();
        using var connected = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        connection.Closed += _ => connected.CancelAsync();
        using var heard = connection.On(nameof(IReplica.HearAsync), hear);
        await connection.StartAsync(cancel);
        await use(connected.Token);
    }

    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var (toHub, toClient) = (new Pipe(InMemory), new Pipe(InMemory));
        var ofHub = Of(toHub.Reader, toClient.Writer);
        _ = ServeAsync(ofHub);
        return new(Of(toClient.Reader, toHub.Writer));
    }

    private static DefaultConnectionContext Of(PipeReader input, PipeWriter output)
    {
        var transport = new DuplexPipe(input, output);
        return new DefaultConnectionContext(Guid.NewGuid().ToString("N"), transport, transport);
    }

    /// <summary>Serves the hub's end until it is closed; the client's end then is closed as well.</summary>
    private async Task ServeAsync(DefaultConnectionContext connection)
    {
        try
        {
            await hub.OnConnectedAsync(connection);
        }
        finally
        {
            await connection.Transport.Output.CompleteAsync();
            await connection.Transport.Input.CompleteAsync();
            await connection.DisposeAsync();
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
