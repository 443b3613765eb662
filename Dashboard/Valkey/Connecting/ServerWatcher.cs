using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>The watching connection to an instance.</summary>
internal sealed class ServerWatcher(Instance instance, TimeSpan timeout, TimeProvider time)
    : ValkeyServer(instance, ConnectionRole.Watch, timeout, time), IServerWatcher
{
    public Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel) => AskAsync(Queries.Subscribers(channel), cancel);

    public Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel) => AskAsync(Queries.Channels(pattern), cancel);

    public Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel) => AskAsync(Queries.Config(parameter), cancel);
}
