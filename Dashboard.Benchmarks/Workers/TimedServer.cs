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

    public Task<Reply<Seats>> ClientsAsync(CancellationToken cancel) => server.ClientsAsync(cancel);

    public Task<Reply<Guarded<Names>>> SampleAsync(StepGuard guard, string pattern, string cursor, int size, CancellationToken cancel) => server.SampleAsync(guard, pattern, cursor, size, cancel);

    public Task<Reply<Guarded<Names>>> FindAsync(StepGuard guard, IReadOnlyList<string> names, CancellationToken cancel) => server.FindAsync(guard, names, cancel);

    public Task<Reply<Guarded<long>>> CountAsync(StepGuard guard, CancellationToken cancel) => server.CountAsync(guard, cancel);

    public Task<Reply<Guarded<long>>> FlushAsync(StepGuard guard, string policy, long most, CancellationToken cancel) => server.FlushAsync(guard, policy, most, cancel);

    public Task<Reply<Guarded<long>>> SwapOutAsync(StepGuard guard, string policy, long most, int spare, CancellationToken cancel) => server.SwapOutAsync(guard, policy, most, spare, cancel);

    public Task<Reply<Guarded<Page>>> BringBackAsync(StepGuard guard, int spare, long most, string cursor, int size, CancellationToken cancel) =>
        server.BringBackAsync(guard, spare, most, cursor, size, cancel);

    public Task<Reply<Guarded<long>>> PurgeAsync(StepGuard guard, int spare, long most, CancellationToken cancel) => server.PurgeAsync(guard, spare, most, cancel);

    public Task<Reply<Guarded<Page>>> RemoveAsync(StepGuard guard, string pattern, long most, string cursor, int size, CancellationToken cancel) =>
        server.RemoveAsync(guard, pattern, most, cursor, size, cancel);

    public Task<Reply<Guarded<Page>>> ReclaimAsync(StepGuard guard, string cursor, int size, CancellationToken cancel) => server.ReclaimAsync(guard, cursor, size, cancel);

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
