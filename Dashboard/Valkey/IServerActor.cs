using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey;

/// <summary>What the acting connection does on its server after a person confirmed it, and what it reads before.</summary>
internal interface IServerActor : IConnectedServer
{
    /// <summary>
    /// <c>CLIENT LIST</c>: how many clients use each logical database. The caller bounds the number of clients first: the server builds the
    /// whole list in one go.
    /// </summary>
    /// <remarks>A client library that may send CLIENT also asks for its own id, and names the connection a second time.</remarks>
    [UsesCommand("CLIENT", "ID", For = ServerTask.Flush)]
    [UsesCommand("CLIENT", "LIST", For = ServerTask.Flush)]
    Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel);

    /// <summary>
    /// Reads the key names of one page, each cut at 200 bytes. A name can be a secret: only its kind is shown, never the name.
    /// </summary>
    /// <param name="pattern">The pattern of the names that are returned; <c>*</c> for all.</param>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(
        ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel);

    /// <summary>Returns which of these keys exist; each counts as a hit or a miss.</summary>
    /// <param name="names">At most 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("EXISTS", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(
        ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>Counts the keys of the precondition's database. A database that the server does not have is a fault.</summary>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel);

    /// <summary>
    /// Empties the precondition's database in the background. Once begun, it completes whether or not its answer arrives.
    /// </summary>
    /// <param name="policy">The <c>maxmemory_policy</c> that the server must have: the policy shows what a server is for.</param>
    /// <param name="most">The largest number of keys; if the database has more, nothing is done.</param>
    /// <returns>How many keys it had, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("FLUSHDB", InScript = true, For = ServerTask.Flush)]
    Task<Reply<PreconditionResult<long>>> FlushAsync(ServerPrecondition precondition, string policy, long most, CancellationToken cancel);

    /// <summary>Writes the token of a flush into the precondition's database; <see cref="SwapOutAsync"/> requires it.</summary>
    /// <param name="policy">The <c>maxmemory_policy</c> that the server must have.</param>
    /// <param name="most">The largest number of keys; if the database has more, nothing is done.</param>
    /// <param name="spare">Must be empty.</param>
    /// <param name="notAfter">The server's clock, in microseconds since 1970; later, nothing is done.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("SET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true,
        Example = [FlushToken.Key, "x"])]
    Task<Reply<PreconditionResult<FlushStep>>> BeginFlushAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel);

    /// <summary>Exchanges the precondition's database with an empty one, which then holds its content and its token.</summary>
    /// <inheritdoc cref="BeginFlushAsync" path="/param"/>
    /// <returns>How many keys it had, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("SWAPDB", InScript = true, For = ServerTask.Flush, Example = ["0", "1"])]
    Task<Reply<PreconditionResult<FlushStep>>> SwapOutAsync(
        ServerPrecondition precondition, string policy, long most, int spare, Guid flush, long notAfter, CancellationToken cancel);

    /// <summary>Reads which flush the two databases hold, and how many keys.</summary>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    Task<Reply<PreconditionResult<FlushTokens>>> ReadFlushAsync(
        ServerPrecondition precondition, int spare, CancellationToken cancel);

    /// <summary>Changes the state of the flush in the spare database. In that state already, it stays as it is.</summary>
    /// <param name="from">The states it may be in, separated by a space.</param>
    /// <param name="exchangedAt">
    /// The server's clock at the exchange, in microseconds; keys that were used later in the spare database stay there. 0 keeps the time of
    /// the token.
    /// </param>
    /// <returns>How many keys the spare database has.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("SET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true,
        Example = [FlushToken.Key, "x"])]
    Task<Reply<PreconditionResult<long>>> ChangeFlushAsync(
        ServerPrecondition precondition, int spare, Guid flush, string from, string to, long exchangedAt, CancellationToken cancel);

    /// <summary>Removes the token of the flush from the precondition's database: later steps of that flush do nothing.</summary>
    /// <returns>How many keys the database has, or <c>token</c> where this flush is not there in this state.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<long>>> EndFlushAsync(
        ServerPrecondition precondition, Guid flush, string state, CancellationToken cancel);

    /// <summary>
    /// Moves a page of what was swapped out back into the precondition's database. A key that exists there is newer and stays; a key that
    /// another client used in the spare database stays there.
    /// </summary>
    /// <param name="size">About how many keys the page has, 1 to 200.</param>
    /// <returns><see cref="ScanPage.Done"/> of them came back; the others had a newer key in their place, or expired.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("OBJECT", "IDLETIME", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("MOVE", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x", "1"])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel);

    /// <summary>Deletes a page of what was swapped out. A key that another client used in the spare database stays.</summary>
    /// <inheritdoc cref="BringBackAsync" path="/param"/>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("OBJECT", "IDLETIME", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> PurgeAsync(
        ServerPrecondition precondition, int spare, Guid flush, string cursor, int size, CancellationToken cancel);

    /// <summary>
    /// Deletes a page of the precondition's database, where an earlier flush left keys that no console retains. Its token stays, and so do
    /// keys whose names are <see cref="ForeignNames"/>.
    /// </summary>
    /// <param name="policy">The <c>maxmemory_policy</c> that the server must have: the policy shows what a server is for.</param>
    /// <param name="token">The token that must be there, its id and state with a space between; empty for none.</param>
    /// <param name="most">The largest number of keys to delete; the rest stay.</param>
    /// <param name="rules">What the settings declare about names.</param>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("GET", InScript = true, For = ServerTask.Flush, Keys = [FlushToken.Key], InSelector = true, Example = [FlushToken.Key])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> ClearAsync(
        ServerPrecondition precondition, string policy, string token, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel);

    /// <summary>Removes the keys of one page that match a pattern, except those whose names are <see cref="ForeignNames"/>.</summary>
    /// <param name="policy">The <c>maxmemory_policy</c> that the server must have: the policy shows what a server is for.</param>
    /// <param name="most">The largest number of keys to remove; the rest stay.</param>
    /// <param name="rules">What the settings declare about names.</param>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(
        ServerPrecondition precondition, string policy, string pattern, long most, KeyPrefixRules rules, string cursor, int size,
        CancellationToken cancel);

    /// <summary>Counts the keys of one page whose names are <see cref="ForeignNames"/>, by kind. No name leaves the server.</summary>
    /// <param name="rules">What the settings declare about names.</param>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    Task<Reply<PreconditionResult<ForeignKeyPage>>> FindForeignAsync(
        ServerPrecondition precondition, KeyPrefixRules rules, string cursor, int size, CancellationToken cancel);

    /// <summary>Scans a page of keys: the server drops the expired ones, and no other key is touched. No name leaves the server.</summary>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, Example = ["0"])]
    Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(
        ServerPrecondition precondition, string cursor, int size, CancellationToken cancel);

    /// <summary>Reads a page of keys that match a pattern, with their values as far as they are small.</summary>
    /// <param name="pattern">The pattern of the names.</param>
    /// <param name="withTtl">Whether the time to live is read as well, which costs one lookup more for each key.</param>
    /// <param name="size">About how many keys are scanned, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand(
        "GETRANGE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "0", "1"])]
    [UsesCommand("STRLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("TYPE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("HLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("HSTRLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "f"])]
    [UsesCommand("HGET", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "f"])]
    [UsesCommand("PTTL", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    Task<Reply<PreconditionResult<TokenPage>>> ReadTokensAsync(
        ServerPrecondition precondition, string pattern, TokenFields fields, bool withTtl, string cursor, int size,
        CancellationToken cancel);

    /// <summary>Reads those of some keys that exist, each with its time to live.</summary>
    /// <param name="keys">At most 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand(
        "GETRANGE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "0", "1"])]
    [UsesCommand("STRLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("TYPE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("HLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("HSTRLEN", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "f"])]
    [UsesCommand("HGET", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "f"])]
    [UsesCommand("PTTL", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    Task<Reply<PreconditionResult<TokenPage>>> ReadTokenKeysAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, TokenFields fields, CancellationToken cancel);

    /// <summary>Deletes some keys, whatever their values are, in one command.</summary>
    /// <param name="keys">1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    Task<Reply<PreconditionResult<RevokedPage>>> DeleteAsync(
        ServerPrecondition precondition, IReadOnlyList<SecretKey> keys, CancellationToken cancel);

    /// <summary>Deletes those of some keys whose values are still the ones that were read, in one command.</summary>
    /// <param name="entries">1 to 200, each with its value.</param>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand("GET", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("HGET", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "f"])]
    [UsesCommand("EXISTS", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens])]
    Task<Reply<PreconditionResult<RevokedPage>>> DeleteUnchangedAsync(
        ServerPrecondition precondition, IReadOnlyList<TokenEntry> entries, TokenFields fields, CancellationToken cancel);

    /// <summary>
    /// Gives keys without a time to live one; a key that has one keeps it. Each key is a step of its own, and all are sent at once.
    /// </summary>
    /// <param name="keys">1 to 200, each with its seconds, from 1.</param>
    /// <returns>How many were given one. After a condition that did not hold, some may have been.</returns>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand("EXPIRE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.Tokens], Example = [KeyPatterns.Tokens, "60"])]
    Task<Reply<PreconditionResult<long>>> GiveTtlAsync(
        ServerPrecondition precondition, IReadOnlyList<(SecretKey Key, long Seconds)> keys, CancellationToken cancel);

    /// <summary>Takes members out of a set or a sorted set, in one command. A key of another type is left.</summary>
    /// <param name="members">1 to 600.</param>
    /// <returns>How many were members.</returns>
    [UsesCommand("EVAL", For = ServerTask.Tokens, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Tokens, Example = ["0"])]
    [UsesCommand("TYPE", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.TokenIndexes], Example = [KeyPatterns.TokenIndexes])]
    [UsesCommand("SREM", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.TokenIndexes],
        Example = [KeyPatterns.TokenIndexes, "m"])]
    [UsesCommand("ZREM", InScript = true, For = ServerTask.Tokens, Keys = [KeyPatterns.TokenIndexes],
        Example = [KeyPatterns.TokenIndexes, "m"])]
    Task<Reply<PreconditionResult<long>>> CleanIndexAsync(
        ServerPrecondition precondition, byte[] index, IReadOnlyList<byte[]> members, CancellationToken cancel);

    /// <summary>
    /// <c>WAIT</c>: waits until replicas have what this connection wrote, as long as a question may take at most.
    /// </summary>
    /// <returns>How many replicas have it.</returns>
    [UsesCommand("WAIT", For = ServerTask.Tokens, Example = ["0", "1"])]
    Task<Reply<long>> ReplicatedAsync(int replicas, TimeSpan wait, CancellationToken cancel);

    /// <summary><c>WAITAOF</c>: waits until the server's append-only file has what this connection wrote.</summary>
    /// <remarks>Servers from 7.2 on know it. An ACL rule that grants an unknown command keeps an older server from starting.</remarks>
    /// <returns>Whether it has it.</returns>
    [UsesCommand("WAITAOF", For = ServerTask.Tokens, IsOptional = true, Example = ["1", "0", "1"])]
    Task<Reply<bool>> OnDiskAsync(TimeSpan wait, CancellationToken cancel);

    /// <summary>
    /// <c>PUBSUB CHANNELS</c>: the channels that match. A name can hold a session id: it is never shown, logged or kept. The caller bounds
    /// the number of channels first: the server builds the whole list in one go.
    /// </summary>
    [UsesCommand("PUBSUB", "CHANNELS", For = ServerTask.CutSockets)]
    Task<Reply<string[]>> ListChannelsAsync(string pattern, CancellationToken cancel);

    /// <summary><c>PUBSUB NUMSUB</c>: connections subscribed to each channel, in the order given.</summary>
    /// <param name="channels">At most 200.</param>
    [UsesCommand("PUBSUB", "NUMSUB", For = ServerTask.CutSockets)]
    Task<Reply<long[]>> CountSubscribersAsync(IReadOnlyList<string> channels, CancellationToken cancel);

    /// <summary>
    /// <c>CLIENT LIST</c>: the processes that use ActionCable, at most 200. The caller bounds the number of clients first: the server
    /// builds the whole list in one go.
    /// </summary>
    /// <remarks>Seen with Rails 6.1 and newer; cable.yml can give connections another name.</remarks>
    [UsesCommand("CLIENT", "ID", For = ServerTask.CutSockets)]
    [UsesCommand("CLIENT", "LIST", For = ServerTask.CutSockets)]
    Task<Reply<CableProcess[]>> CableProcessesAsync(CancellationToken cancel);

    /// <summary>
    /// Publishes ActionCable's own request to close sockets to each channel. It is repeatable: a process without such a socket does
    /// nothing.
    /// </summary>
    /// <param name="channels">At most 200, all of them internal channels of ActionCable.</param>
    /// <param name="reconnect">Whether clients may connect again; Rails up to 7.0 ignores it.</param>
    /// <returns>How many connections each channel reached, in the order given, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.CutSockets, Example = ["return 1", "0"])]
    [UsesCommand("PUBLISH", InScript = true, For = ServerTask.CutSockets, Channels = ["*action_cable/*"],
        Example = ["action_cable/x", "x"])]
    Task<Reply<PreconditionResult<long[]>>> DisconnectAsync(
        ServerPrecondition precondition, IReadOnlyList<string> channels, bool reconnect, CancellationToken cancel);
}
