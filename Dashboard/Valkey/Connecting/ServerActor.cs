using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>The acting connection to an instance.</summary>
internal sealed class ServerActor(Instance instance, TimeSpan timeout, TimeProvider time)
    : ValkeyServer(instance, ConnectionRole.Act, timeout, time), IServerActor
{
    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => AskAsync(Queries.Clients, cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(
        ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Sample(precondition, pattern, cursor, size), cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(
        ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Find(precondition, names), cancel);

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Count(precondition), cancel);

    public Task<Reply<PreconditionResult<long>>> FlushAsync(
        ServerPrecondition precondition, string policy, long most, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Flush(precondition, policy, most), cancel);

    public Task<Reply<PreconditionResult<FlushStep>>> BeginFlushAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        AskAsync(ScriptCommands.BeginFlush(precondition, policy, most, spare, flush, notAfter), cancel);

    public Task<Reply<PreconditionResult<FlushStep>>> SwapOutAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        AskAsync(ScriptCommands.SwapOut(precondition, policy, most, spare, flush, notAfter), cancel);

    public Task<Reply<PreconditionResult<FlushTokens>>> ReadFlushAsync(
        ServerPrecondition precondition, int spare, CancellationToken cancel) =>
        AskAsync(ScriptCommands.ReadFlush(precondition, spare), cancel);

    public Task<Reply<PreconditionResult<long>>> ChangeFlushAsync(
        ServerPrecondition precondition, int spare, Guid flush, string from, string to, long exchangedAt, CancellationToken cancel) =>
        AskAsync(ScriptCommands.ChangeFlush(precondition, spare, flush, from, to, exchangedAt), cancel);

    public Task<Reply<PreconditionResult<long>>> EndFlushAsync(
        ServerPrecondition precondition, Guid flush, string state, CancellationToken cancel) =>
        AskAsync(ScriptCommands.EndFlush(precondition, flush, state), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.BringBack(precondition, spare, flush, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> PurgeAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Purge(precondition, spare, flush, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(
        ServerPrecondition precondition, string policy, string pattern, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel) =>
        AskAsync(ScriptCommands.Remove(precondition, policy, pattern, most, rules, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ForeignKeyPage>>> FindForeignAsync(
        ServerPrecondition precondition, KeyPrefixRules rules, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.FindForeign(precondition, rules, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(
        ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) =>
        AskAsync(ScriptCommands.Reclaim(precondition, cursor, size), cancel);
}
