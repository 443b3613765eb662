using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey;

/// <summary>What the watching connection asks of its server. It only reads: it declares no command that writes.</summary>
internal interface IServerWatcher : IConnectedServer
{
    /// <summary><c>PUBSUB NUMSUB</c>: connections subscribed to one channel.</summary>
    [UsesCommand("PUBSUB", "NUMSUB", For = ServerTask.CountSubscribers)]
    Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel);

    /// <summary>
    /// <c>PUBSUB CHANNELS</c>: how many channels match. The caller bounds the number of channels first: the server builds the whole list in
    /// one go.
    /// </summary>
    [UsesCommand("PUBSUB", "CHANNELS", For = ServerTask.CountSubscribers)]
    Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel);

    /// <summary><c>CONFIG GET</c> of one named parameter, never a pattern: a pattern may return the password.</summary>
    [UsesCommand("CONFIG", "GET", UnnamedUserOnly = true, Example = ["save"])]
    Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel);
}
