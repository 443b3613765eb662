using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Dashboard.Realtime;

/// <summary>
/// A connection to <see cref="ConsoleHub"/> in memory. The backplane reaches connections of a hub, and not the program: over this one the
/// console hears what arrives. It needs no address, no certificate and no secret. It is used once.
/// </summary>
/// <param name="time">For the wait at its end.</param>
internal sealed class HubLink(HubConnectionHandler<ConsoleHub> hub, TimeProvider time) : IConnectionFactory
{
    /// <summary>
    /// In memory, nothing is lost silently and no message is sent to keep the connection open, so silence is no fault: it only means that
    /// nothing was told.
    /// </summary>
    private static readonly TimeSpan Never = TimeSpan.FromDays(3650);

    /// <summary>The time that the hub's end has to end as well.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(5);

    private static readonly PipeOptions InMemory = new(useSynchronizationContext: false);

    private DefaultConnectionContext? _hubEnd;
    private DefaultConnectionContext? _clientEnd;
    private Task _serving = Task.CompletedTask;

    /// <summary>Connects, and stays connected until <paramref name="use"/> has ended. The hub's end has ended as well by then.</summary>
    /// <param name="hear">Called for each hint, one at a time.</param>
    /// <param name="use">Runs while it is connected; its token ends it.</param>
    public async Task RunAsync(Action<ReplicaHint> hear, Func<CancellationToken, Task> use, CancellationToken cancel)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<IConnectionFactory>(this).AddSingleton<EndPoint>(new DnsEndPoint("memory", 1));
        await using var connection = builder.Build();
        connection.ServerTimeout = Never;
        using var connected = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        connection.Closed += _ => connected.CancelAsync();
        using var heard = connection.On(nameof(IReplica.HearAsync), hear);
        try
        {
            await connection.StartAsync(cancel);
            await use(connected.Token);
        }
        finally
        {
            await EndAsync();
        }
    }

    public ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var (toHub, toClient) = (new Pipe(InMemory), new Pipe(InMemory));
        (_hubEnd, _clientEnd) = (Of(toHub.Reader, toClient.Writer), Of(toClient.Reader, toHub.Writer));
        _serving = ServeAsync(_hubEnd);
        return new(_clientEnd);
    }

    private static DefaultConnectionContext Of(PipeReader input, PipeWriter output)
    {
        var transport = new DuplexPipe(input, output);
        return new DefaultConnectionContext(Guid.NewGuid().ToString("N"), transport, transport);
    }

    /// <summary>
    /// Ends the hub's end too: it would otherwise stay among the manager's connections, and once nobody reads its pipe, which holds 64 kB,
    /// the manager would wait for it and deliver nothing to any other.
    /// </summary>
    private async Task EndAsync()
    {
        if (_clientEnd is null)
        {
            return;
        }

        await _clientEnd.Transport.Output.CompleteAsync();
        await _clientEnd.Transport.Input.CompleteAsync();
        _hubEnd!.Abort();
        await _serving.WaitAsync(EndTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
            // It is not disposed: Abort cancels its token on a thread of the pool, perhaps after this, and the exception for a disposed one
            // would end the program there. It has nothing to release.
        }
    }

    private sealed record DuplexPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
