using Dashboard.Instances;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey.Connecting;

/// <summary>The acting connection to an instance.</summary>
/// <param name="lookups">Gets the hits and misses that each step caused.</param>
internal sealed class ServerActor(Instance instance, TimeSpan timeout, TimeProvider time, OwnLookups lookups)
    : ValkeyServer(instance, ConnectionRole.Act, timeout, time), IServerActor
{
    private readonly InstanceId _id = instance.Id;

    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => AskAsync(Queries.Clients, cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(
        ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Sample(precondition, pattern, cursor, size), cancel);

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(
        ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Find(precondition, names), cancel);

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Count(precondition), cancel);

    public Task<Reply<PreconditionResult<long>>> FlushAsync(
        ServerPrecondition precondition, string policy, long most, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Flush(precondition, policy, most), cancel);

    public Task<Reply<PreconditionResult<FlushStep>>> BeginFlushAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.BeginFlush(precondition, policy, most, spare, flush, notAfter), cancel);

    public Task<Reply<PreconditionResult<FlushStep>>> SwapOutAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.SwapOut(precondition, policy, most, spare, flush, notAfter), cancel);

    public Task<Reply<PreconditionResult<FlushTokens>>> ReadFlushAsync(
        ServerPrecondition precondition, int spare, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.ReadFlush(precondition, spare), cancel);

    public Task<Reply<PreconditionResult<long>>> ChangeFlushAsync(
        ServerPrecondition precondition, int spare, Guid flush, string from, string to, long exchangedAt, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.ChangeFlush(precondition, spare, flush, from, to, exchangedAt), cancel);

    public Task<Reply<PreconditionResult<long>>> EndFlushAsync(
        ServerPrecondition precondition, Guid flush, string state, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.EndFlush(precondition, flush, state), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.BringBack(precondition, spare, flush, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> PurgeAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Purge(precondition, spare, flush, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ClearAsync(
        ServerPrecondition precondition, string policy, string token, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Clear(precondition, policy, token, most, rules, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(
        ServerPrecondition precondition, string policy, string pattern, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Remove(precondition, policy, pattern, most, rules, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ForeignKeyPage>>> FindForeignAsync(
        ServerPrecondition precondition, KeyPrefixRules rules, string cursor, int size, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.FindForeign(precondition, rules, cursor, size), cancel);

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(
        ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Reclaim(precondition, cursor, size), cancel);

    public Task<Reply<PreconditionResult<TokenPage>>> ReadTokensAsync(
        ServerPrecondition precondition, string pattern, TokenFields fields, bool withTtl, string cursor, int size,
        CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.ReadTokenPage(precondition, pattern, fields, withTtl, cursor, size), cancel);

    public Task<Reply<PreconditionResult<TokenPage>>> ReadTokenKeysAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, TokenFields fields, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.ReadTokenKeys(precondition, keys, fields), cancel);

    public Task<Reply<PreconditionResult<RevokedPage>>> DeleteAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.DeleteKeys(precondition, keys), cancel);

    public Task<Reply<PreconditionResult<RevokedPage>>> DeleteUnchangedAsync(
        ServerPrecondition precondition, IReadOnlyList<TokenEntry> entries, TokenFields fields, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.DeleteUnchanged(precondition, entries, fields), cancel);

    public async Task<Reply<PreconditionResult<long>>> GiveTtlAsync(
        ServerPrecondition precondition, IReadOnlyList<(SecretKey Key, long Seconds)> keys, CancellationToken cancel)
    {
        var replies = await AskAllAsync(
            [.. keys.Select(one => ScriptCommands.GiveTtl(precondition, one.Key, one.Seconds))], cancel);
        if (replies.Fault is { } fault)
        {
            return fault;
        }

        foreach (var reply in replies.Value!)
        {
            lookups.Add(_id, precondition.RunId, reply.Lookups);
        }

        return replies.Value.Select(reply => reply.Failed).FirstOrDefault(failed => failed is not null) is { } breach
            ? (PreconditionResult<long>)breach
            : (PreconditionResult<long>)replies.Value.Sum(reply => reply.Value);
    }

    public async Task<Reply<PreconditionResult<long>>> CleanIndexAsync(
        ServerPrecondition precondition, byte[] index, IReadOnlyList<byte[]> members, CancellationToken cancel)
    {
        var reply = await StepAsync(precondition, ScriptCommands.CleanSet(precondition, index, members), cancel);
        return reply is { Fault: null, Value: { Failed: null, Value: 0 } }
            ? await StepAsync(precondition, ScriptCommands.CleanSortedSet(precondition, index, members), cancel)
            : reply;
    }

    public Task<Reply<long>> ReplicatedAsync(int replicas, TimeSpan wait, CancellationToken cancel) =>
        AskAsync(Queries.Replicated(replicas, wait), cancel);

    public Task<Reply<bool>> OnDiskAsync(TimeSpan wait, CancellationToken cancel) => AskAsync(Queries.OnDisk(wait), cancel);

    public Task<Reply<string[]>> ListChannelsAsync(string pattern, CancellationToken cancel) =>
        AskAsync(Queries.ChannelNames(pattern), cancel);

    public Task<Reply<long[]>> CountSubscribersAsync(IReadOnlyList<string> channels, CancellationToken cancel) =>
        AskAsync(Queries.SubscribersOf(channels), cancel);

    public Task<Reply<CableProcess[]>> CableProcessesAsync(CancellationToken cancel) => AskAsync(Queries.CableProcesses, cancel);

    public Task<Reply<PreconditionResult<long[]>>> DisconnectAsync(
        ServerPrecondition precondition, IReadOnlyList<string> channels, bool reconnect, CancellationToken cancel) =>
        StepAsync(precondition, ScriptCommands.Disconnect(precondition, channels, reconnect), cancel);

    private async Task<Reply<PreconditionResult<T>>> StepAsync<T>(
        ServerPrecondition precondition, Query<PreconditionResult<T>> step, CancellationToken cancel)
    {
        var reply = await AskAsync(step, cancel);
        if (reply is { Fault: null, Value: { } result })
        {
            lookups.Add(_id, precondition.RunId, result.Lookups);
        }

        return reply;
    }
}
