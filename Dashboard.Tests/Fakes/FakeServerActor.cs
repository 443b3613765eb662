using Dashboard.Instances;

namespace Dashboard.Valkey;

/// <summary>The fake acting connection: it answers as the test says and remembers what it was asked.</summary>
internal sealed class FakeServerActor : IServerActor
{
    private readonly ScriptedAnswers _answers = new();

    /// <summary>Every question in order, e.g. <c>INFO</c>, <c>sample * 0</c>, <c>reclaim 12</c>.</summary>
    public IReadOnlyList<string> Calls => _answers.Calls;

    /// <summary>Adds an answer to a question named as in <see cref="Calls"/>: a text, a number, a page or a <see cref="Fault"/>.</summary>
    public FakeServerActor Answer(string question, params object[] answers)
    {
        _answers.Add(question, answers);
        return this;
    }

    /// <summary>Adds answers to INFO.</summary>
    public FakeServerActor AnswerInfo(params string[] texts) => Answer("INFO", [.. texts]);

    public Task<Reply<string>> InfoAsync(CancellationToken cancel) => AskAsync<string>("INFO");

    public Task<Reply<string>> WhoAmIAsync(CancellationToken cancel) => AskAsync<string>("ACL WHOAMI");

    public Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel) =>
        AskAsync<DryRun>($"ACL DRYRUN {user} {string.Join(' ', command)}");

    public Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel) => AskAsync<ClientsPerDatabase>("CLIENT LIST");

    public Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(
        ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel) =>
        AskAsync<PreconditionResult<KeyNamePage>>($"sample {pattern} {cursor}");

    public Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(
        ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel) =>
        AskAsync<PreconditionResult<KeyNamePage>>($"find {string.Join(' ', names)}");

    public Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"count {precondition.Database}");

    public Task<Reply<PreconditionResult<long>>> FlushAsync(
        ServerPrecondition precondition, string policy, long most, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"flush {precondition.Database}");

    public Task<Reply<PreconditionResult<FlushStep>>> BeginFlushAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        AskAsync<PreconditionResult<FlushStep>>($"begin flush {precondition.Database} {spare}");

    public Task<Reply<PreconditionResult<FlushStep>>> SwapOutAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel) =>
        AskAsync<PreconditionResult<FlushStep>>($"swap out {precondition.Database} {spare}");

    public Task<Reply<PreconditionResult<FlushTokens>>> ReadFlushAsync(
        ServerPrecondition precondition, int spare, CancellationToken cancel) =>
        AskAsync<PreconditionResult<FlushTokens>>($"read flush {precondition.Database} {spare}");

    public Task<Reply<PreconditionResult<long>>> ChangeFlushAsync(
        ServerPrecondition precondition, int spare, Guid flush, string from, string to, long exchangedAt, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"change flush {spare} {from} {to}");

    public Task<Reply<PreconditionResult<long>>> EndFlushAsync(
        ServerPrecondition precondition, Guid flush, string state, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"end flush {precondition.Database} {state}");

    public Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        AskAsync<PreconditionResult<ScanPage>>($"bring back {spare} {cursor}");

    public Task<Reply<PreconditionResult<ScanPage>>> PurgeAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel) =>
        AskAsync<PreconditionResult<ScanPage>>($"purge {spare} {cursor}");

    public Task<Reply<PreconditionResult<ScanPage>>> ClearAsync(
        ServerPrecondition precondition, string policy, string token, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel) =>
        AskAsync<PreconditionResult<ScanPage>>($"clear {precondition.Database} {cursor}");

    public Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(
        ServerPrecondition precondition, string policy, string pattern, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel) =>
        AskAsync<PreconditionResult<ScanPage>>($"remove {pattern} {cursor}");

    public Task<Reply<PreconditionResult<ForeignKeyPage>>> FindForeignAsync(
        ServerPrecondition precondition, KeyPrefixRules rules, string cursor, int size, CancellationToken cancel) =>
        AskAsync<PreconditionResult<ForeignKeyPage>>($"find foreign {precondition.Database} {cursor}");

    public Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(
        ServerPrecondition precondition, string cursor, int size, CancellationToken cancel) =>
        AskAsync<PreconditionResult<ScanPage>>($"reclaim {cursor}");

    public Task<Reply<PreconditionResult<TokenPage>>> ReadTokensAsync(
        ServerPrecondition precondition, string pattern, TokenFields fields, bool withTtl, string cursor, int size,
        CancellationToken cancel) =>
        AskAsync<PreconditionResult<TokenPage>>($"read tokens {pattern} {cursor}");

    public Task<Reply<PreconditionResult<TokenPage>>> ReadTokenKeysAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, TokenFields fields, CancellationToken cancel) =>
        AskAsync<PreconditionResult<TokenPage>>($"read {keys.Count} tokens");

    public Task<Reply<PreconditionResult<RevokedPage>>> DeleteAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, CancellationToken cancel) =>
        AskAsync<PreconditionResult<RevokedPage>>($"delete {keys.Count}");

    public Task<Reply<PreconditionResult<RevokedPage>>> DeleteUnchangedAsync(
        ServerPrecondition precondition, IReadOnlyList<TokenEntry> entries, TokenFields fields, CancellationToken cancel) =>
        AskAsync<PreconditionResult<RevokedPage>>($"delete {entries.Count} unchanged");

    public Task<Reply<PreconditionResult<long>>> GiveTtlAsync(
        ServerPrecondition precondition, IReadOnlyList<(SecretKey Key, long Seconds)> keys, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"expire {keys.Count}");

    public Task<Reply<PreconditionResult<long>>> CleanIndexAsync(
        ServerPrecondition precondition, byte[] index, IReadOnlyList<byte[]> members, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long>>($"clean {members.Count}");

    public Task<Reply<long>> ReplicatedAsync(int replicas, TimeSpan wait, CancellationToken cancel) =>
        AskAsync<long>($"WAIT {replicas}");

    public Task<Reply<bool>> OnDiskAsync(TimeSpan wait, CancellationToken cancel) => AskAsync<bool>("WAITAOF");

    public Task<Reply<string[]>> ListChannelsAsync(string pattern, CancellationToken cancel) =>
        AskAsync<string[]>($"PUBSUB CHANNELS {pattern}");

    public Task<Reply<long[]>> CountSubscribersAsync(IReadOnlyList<string> channels, CancellationToken cancel) =>
        AskAsync<long[]>($"PUBSUB NUMSUB {string.Join(' ', channels)}");

    public Task<Reply<CableProcess[]>> CableProcessesAsync(CancellationToken cancel) => AskAsync<CableProcess[]>("CLIENT LIST");

    public Task<Reply<PreconditionResult<long[]>>> DisconnectAsync(
        ServerPrecondition precondition, IReadOnlyList<string> channels, bool reconnect, CancellationToken cancel) =>
        AskAsync<PreconditionResult<long[]>>($"disconnect {reconnect} {string.Join(' ', channels)}");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<Reply<T>> AskAsync<T>(string question) => _answers.AnswerAsync<T>(question, Task.CompletedTask);
}
