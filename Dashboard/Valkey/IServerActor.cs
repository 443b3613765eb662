using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey;

/// <summary>What the acting connection does on its server after a person confirmed it, and what it looks at before.</summary>
internal interface IServerActor : IConnectedServer
{
    /// <summary>
    /// <c>CLIENT LIST</c>: how many clients sit on each logical database. The caller bounds the number of clients first: the server builds
    /// the whole list in one go.
    /// </summary>
    /// <remarks>
    /// A client library that may send CLIENT at all asks for its own id as well, and gives the connection its name once more.
    /// </remarks>
    [UsesCommand("CLIENT", "ID", For = ServerTask.Flush)]
    [UsesCommand("CLIENT", "LIST", For = ServerTask.Flush)]
    Task<Reply<ClientsPerDatabase>> ClientsAsync(CancellationToken cancel);

    /// <summary>
    /// The names of a page of the keys, each cut at 200 bytes. They may be secrets: what kind they are is told, and they are not.
    /// </summary>
    /// <param name="pattern">Of the names that are told; <c>*</c> for all.</param>
    /// <param name="size">About how many keys are looked at, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    Task<Reply<PreconditionResult<KeyNamePage>>> SampleAsync(
        ServerPrecondition precondition, string pattern, string cursor, int size, CancellationToken cancel);

    /// <summary>Which of these keys there are; each counts as a hit or a miss.</summary>
    /// <param name="names">At most 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("EXISTS", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<KeyNamePage>>> FindAsync(
        ServerPrecondition precondition, IReadOnlyList<string> names, CancellationToken cancel);

    /// <summary>How many keys the guard's database has. A database that the server does not have is a fault.</summary>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    Task<Reply<PreconditionResult<long>>> CountAsync(ServerPrecondition precondition, CancellationToken cancel);

    /// <summary>Empties the guard's database in the background. Once it has begun it is done, whether or not its answer arrives.</summary>
    /// <param name="policy">The <c>maxmemory_policy</c> the server must have: what a server is for shows in it.</param>
    /// <param name="most">With more keys than this, nothing is done.</param>
    /// <returns>How many keys it had, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("FLUSHDB", InScript = true, For = ServerTask.Flush)]
    Task<Reply<PreconditionResult<long>>> FlushAsync(ServerPrecondition precondition, string policy, long most, CancellationToken cancel);

    /// <summary>Exchanges the guard's database with an empty one, which then holds what it had.</summary>
    /// <param name="spare">Must be empty.</param>
    /// <returns>How many keys it had, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("SWAPDB", InScript = true, For = ServerTask.Flush, Example = ["0", "1"])]
    Task<Reply<PreconditionResult<long>>> SwapOutAsync(
        ServerPrecondition precondition, string policy, long most, int spare, CancellationToken cancel);

    /// <summary>
    /// Brings a page of what was swapped out back into the guard's database; a key that is there already is the newer one and stays.
    /// </summary>
    /// <param name="most">How many keys were swapped out; with more of them in the spare database, nothing is done.</param>
    /// <param name="size">About how many keys the page has, 1 to 200.</param>
    /// <returns><see cref="ScanPage.Done"/> of them came back; the others gave way to a newer one, or their time ran out.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("MOVE", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x", "1"])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> BringBackAsync(
        ServerPrecondition precondition, int spare, long most, string cursor, int size, CancellationToken cancel);

    /// <summary>Gives up what was swapped out, in the background.</summary>
    /// <returns>How many keys it had, or the condition that did not hold.</returns>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("DBSIZE", InScript = true, For = ServerTask.Flush)]
    [UsesCommand("FLUSHDB", InScript = true, For = ServerTask.Flush)]
    Task<Reply<PreconditionResult<long>>> PurgeAsync(ServerPrecondition precondition, int spare, long most, CancellationToken cancel);

    /// <summary>Removes those keys of a page that match a pattern.</summary>
    /// <param name="most">No more than these of them; the rest stay.</param>
    /// <param name="size">About how many keys are looked at, 1 to 200.</param>
    [UsesCommand("EVAL", For = ServerTask.Flush, Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, For = ServerTask.Flush, Example = ["0"])]
    [UsesCommand("UNLINK", InScript = true, For = ServerTask.Flush, Keys = ["*"], Example = ["x"])]
    Task<Reply<PreconditionResult<ScanPage>>> RemoveAsync(
        ServerPrecondition precondition, string pattern, long most, string cursor, int size, CancellationToken cancel);

    /// <summary>
    /// Walks a page of the keys: those whose time has run out are dropped by the server, and no other is touched. No name leaves the
    /// server.
    /// </summary>
    /// <param name="size">About how many keys are looked at, 1 to 200.</param>
    [UsesCommand("EVAL", Example = ["return 1", "0"])]
    [UsesCommand("SELECT", InScript = true, Example = ["0"])]
    [UsesCommand("SCAN", InScript = true, Example = ["0"])]
    Task<Reply<PreconditionResult<ScanPage>>> ReclaimAsync(
        ServerPrecondition precondition, string cursor, int size, CancellationToken cancel);
}
