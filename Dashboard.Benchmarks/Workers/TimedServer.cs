using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Workers;

/// <summary>A watching connection that reports when a poll begins.</summary>
internal sealed class TimedServer(IServerWatcher server, Action began) : IServerWatcher
{
    public Task<Reply<string>> InfoAsync(CancellationToken cancel)
    {
        began();
        return server.InfoAsync(cancel);
    }

    public Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel) => server.SubscribersAsync(channel, cancel);

    public Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel) => server.CountChannelsAsync(pattern, cancel);

    public Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel) => server.ConfigAsync(parameter, cancel);

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => server.WhoAmIAsync(cancel);

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) =>
        server.MayRunAsync(user, command, cancel);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
