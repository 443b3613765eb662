using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Api.Hub;

/// <summary>
/// One program's connection. Messages wait for it in order; where it does not read them, it is cut, so that it connects again and is sent
/// the present state.
/// </summary>
internal sealed class FleetConnection
{
    /// <summary>The maximum number of messages that wait; one more cuts the connection.</summary>
    public const int MaxWaiting = 64;

    /// <summary>How long one message may take.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HubCallerContext _context;
    private readonly TimeProvider _time;
    private readonly Channel<Func<Task>> _waiting = Channel.CreateBounded<Func<Task>>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    /// <param name="token">The id of the machine token.</param>
    /// <param name="until">When the token expires.</param>
    public FleetConnection(HubCallerContext context, string token, DateTimeOffset until, TimeProvider time)
    {
        (_context, Token, Until, _time) = (context, token, until, time);
        // Not awaited: it ends with the connection.
        _ = SendAsync();
    }

    public string Id => _context.ConnectionId;

    public string Token { get; }

    public DateTimeOffset Until { get; }

    public void Abort() => _context.Abort();

    /// <summary>Has a message sent after those that wait.</summary>
    public void Send(Func<Task> send)
    {
        if (!_waiting.Writer.TryWrite(send))
        {
            Abort();
        }
    }

    private async Task SendAsync()
    {
        var ended = _context.ConnectionAborted;
        try
        {
            await foreach (var send in _waiting.Reader.ReadAllAsync(ended))
            {
                await send().WaitAsync(Patience, _time, ended);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection has ended.
        }
        catch (Exception)
        {
            // It does not read, or it broke.
            Abort();
        }
    }
}
