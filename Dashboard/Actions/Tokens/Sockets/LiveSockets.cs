using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>Cuts the live ActionCable sockets of a user, and says what came of it.</summary>
/// <remarks>
/// A socket that opens at the same moment subscribes after it was let in, so an attempt is repeated after 2 s and after 10 s; each is
/// harmless by itself. Tokens are deleted first: else a client connects again with one.
/// </remarks>
internal sealed class LiveSockets(
    SocketSettings settings, MonitoringSettings monitoring, Fleet fleet, ValkeyServers servers, TimeProvider time)
{
    /// <summary>The cable, or why no socket can be cut.</summary>
    public SocketTarget Target { get; } = SocketTarget.Of(settings, monitoring.Instances);

    /// <summary>
    /// Makes one attempt. Each question has its own timeout and the first that passes ends the attempt; sockets have
    /// <see cref="SocketCutter.VerifyFor"/> to close.
    /// </summary>
    /// <param name="user">The user's id as text, 1 to <see cref="GlobalId.MaxId"/> characters.</param>
    /// <param name="reconnect">Whether clients may connect again: true where one token was revoked, false for all of a user.</param>
    /// <exception cref="InvalidOperationException">There is an obstacle, see <see cref="Target"/>.</exception>
    /// <exception cref="ArgumentException">The id is empty or too long.</exception>
    public async Task<SocketAttempt> CutAsync(string user, bool reconnect, CancellationToken cancel)
    {
        var cable = Cable;
        var channels = new UserChannels(settings, user);
        await using var server = servers.Actor(cable, ActionTimeouts.Query);
        return await new SocketCutter(server, channels, cable.Profile.Subscribers!.Processes, time).AttemptAsync(reconnect, cancel);
    }

    /// <summary>Says what the attempts came to.</summary>
    /// <param name="attempts">In order, at least one.</param>
    public SocketOutcome Outcome(string user, bool reconnect, IReadOnlyList<SocketAttempt> attempts) =>
        SocketOutcome.Of(Cable, user, reconnect, attempts, ListenerHistory.Of(fleet.Find(Cable.Id)!));

    private Instance Cable => Target.Cable ?? throw new InvalidOperationException(Target.Obstacle!.Sentence);
}
