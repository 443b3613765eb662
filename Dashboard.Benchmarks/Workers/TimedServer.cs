using Dashboard.Valkey;

namespace Dashboard.Benchmarks.Workers;

/// <summary>A watching connection that tells when a poll begins.</summary>
internal sealed class TimedServer(IValkeyServer server, Action began) : IValkeyServer
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

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) => server.MayRunAsync(user, command, cancel);

    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => server.ClientsAsync(cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) => server.SampleAsync(precondition, pattern, cursor, size, cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) => server.FindAsync(precondition, names, cancel);

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) => server.CountAsync(precondition, cancel);

    public Task<Reply<PreconditionResult<long>>> FlushAsync(ServerPrecondition precondition, string policy, long most, CancellationToken cancel) => server.FlushAsync(precondition, policy, most, cancel);

    public Task<Reply<PreconditionResult<long>>> SwapOutAsync(ServerPrecondition precondition, string policy, long most, int spare, CancellationToken cancel) => server.SwapOutAsync(precondition, policy, most, spare, cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(ServerPrecondition precondition, int spare, long most, string cursor, int size, CancellationToken cancel) =>
        server.BringBackAsync(precondition, spare, most, cursor, size, cancel);

    public Task<Reply<PreconditionResult<long>>> PurgeAsync(ServerPrecondition precondition, int spare, long most, CancellationToken cancel) => server.PurgeAsync(precondition, spare, most, cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(ServerPrecondition precondition, string pattern, long most, string cursor, int size, CancellationToken cancel) =>
        server.RemoveAsync(precondition, pattern, most, cursor, size, cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) => server.ReclaimAsync(precondition, cursor, size, cancel);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
