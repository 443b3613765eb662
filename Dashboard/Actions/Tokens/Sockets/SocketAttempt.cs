using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>
/// What one attempt to cut a user's sockets found and did. It holds counts alone: no name of a channel leaves the attempt. What was not
/// reached is null.
/// </summary>
/// <param name="At">When it began.</param>
internal sealed record SocketAttempt(DateTimeOffset At)
{
    /// <summary>The server process that was asked.</summary>
    public string? RunId { get; init; }

    /// <summary>The server did not answer as asked, and the attempt ended there.</summary>
    public Fault? Fault { get; init; }

    /// <summary>
    /// A condition did not hold on the server, which then did nothing: it is a replica, or another process than a moment before.
    /// </summary>
    public FailedPrecondition? Failed { get; init; }

    /// <summary>The part that the attempt was in when it ended.</summary>
    public SocketStep Step { get; init; }

    /// <summary>All channels of the server, as INFO counts them.</summary>
    public long? AllChannels { get; init; }

    /// <summary>Whether there were too many channels to list them: then only the user's computed channel was looked at.</summary>
    public bool OnlyComputed { get; init; }

    /// <summary>Whether the user can have other channels than the computed one.</summary>
    public bool IsComputedEnough { get; init; }

    /// <summary>Processes of the application that listened before, all applications of the server together.</summary>
    public long? Listeners { get; init; }

    /// <summary>AnyCable's servers that listened before.</summary>
    public long? AnyCable { get; init; }

    /// <summary>The user's channels that had subscribers before.</summary>
    public int Channels { get; init; }

    /// <summary>
    /// Subscribers of these channels before. Each process has one for each of the channels, however many sockets it holds.
    /// </summary>
    public long? Held { get; init; }

    /// <summary>Subscribers that the message reached.</summary>
    public long? Told { get; init; }

    /// <summary>Subscribers of these channels after, at most <see cref="SocketCutter.VerifyFor"/> later.</summary>
    public long? Remain { get; init; }

    /// <summary>
    /// Channels of identities on the server that are none of a user's as the settings describe them, where none is; 0 where there are
    /// some, or none at all. Null where it was not asked.
    /// </summary>
    public long? UnlikeSettings { get; init; }

    /// <summary>
    /// Processes that are connected and do not listen; asked only where none listens. Those that only broadcast are among them.
    /// </summary>
    public IReadOnlyList<CableProcess> Silent { get; init; } = [];
}
