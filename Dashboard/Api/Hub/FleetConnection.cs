using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Api.Hub;

/// <summary>One program's connection: it is sent one message after the other, and cut where it does not read.</summary>
internal sealed class FleetConnection(HubCallerContext context, string token, TimeProvider time)
{
    /// <summary>How long a message may wait for a program that does not read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task _sending = Task.CompletedTask;
    private long _since;

    public string Id => context.ConnectionId;

    /// <summary>The id of the machine token.</summary>
    public string Token => token;

    public void Abort() => context.Abort();

    /// <summary>Sends, unless the message before still waits: then this one is left out, and after a while the connection is cut.</summary>
    public void Send(Func<Task> send)
    {
        lock (_gate)
        {
            if (_sending.IsCompleted)
            {
                (_since, _sending) = (time.GetTimestamp(), send());
                return;
            }
        }

        if (time.GetElapsedTime(_since) > Patience)
        {
            Abort();
        }
    }
}
