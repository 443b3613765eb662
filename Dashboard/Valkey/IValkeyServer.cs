using Dashboard.Info;

namespace Dashboard.Valkey;

/// <summary>Everything we ask of one server. Failures are values: no call throws but for cancellation.</summary>
internal interface IValkeyServer : IAsyncDisposable
{
    /// <summary>The text of a plain <c>INFO</c>, connecting first when needed.</summary>
    Task<Reply<string>> InfoAsync(CancellationToken cancel);

    /// <summary><c>PUBSUB NUMSUB</c>: connections subscribed to one channel.</summary>
    Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel);

    /// <summary><c>PUBSUB CHANNELS</c>: how many channels match. The caller bounds the number of channels first: the server builds the whole list in one go.</summary>
    Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel);

    /// <summary><c>CONFIG GET</c> of one named parameter, never a pattern: a pattern may return the password.</summary>
    Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel);
}
