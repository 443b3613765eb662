using System.Data.Common;
using Dapper;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// The digests of what was revoked: to notice a token that comes back, and for the application's own database. Kept in console.db for
/// <see cref="MaxAge"/>; the tokens themselves are not.
/// </summary>
/// <remarks>All of it throws <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class RevokedTokens(IConsoleStore store, TimeProvider time)
{
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(30);

    /// <summary>The maximum number kept of one run; its outcome says how many there were.</summary>
    public const int MaxOfRun = 100_000;

    /// <summary>The maximum number kept of all runs; the oldest are removed.</summary>
    public const int MaxAll = 1_000_000;

    /// <summary>The maximum number removed at a time: an operator waits for it.</summary>
    private const int MaxRemoved = 10_000;

    private const int MaxParameters = 500;

    /// <param name="digests">Of one run, at most <see cref="MaxOfRun"/>.</param>
    public Task<bool> AddAsync(Guid run, IReadOnlyCollection<(string Kind, string Digest)> digests, CancellationToken cancel) => store.WriteAsync(
        transaction =>
        {
            var now = time.GetUtcNow();
            Prune(transaction, now);
            foreach (var (kind, digest) in digests.Take(MaxOfRun))
            {
                transaction.ExecuteOne(
                    "INSERT INTO revoked_tokens (run, kind, digest, revoked_at) VALUES (@run, @kind, @digest, @at)",
                    new { run = run.ToString(), kind, digest, at = now.ToUnixTimeMilliseconds() });
            }

            return true;
        }, cancel);

    /// <summary>Which of these were revoked before.</summary>
    public Task<IReadOnlySet<string>> AmongAsync(IReadOnlyList<string> digests, CancellationToken cancel) => store.ReadAsync<IReadOnlySet<string>>(
        connection => digests.Chunk(MaxParameters).SelectMany(some => connection.Query<string>(
            "SELECT DISTINCT digest FROM revoked_tokens WHERE digest IN @some", new { some })).ToHashSet(StringComparer.Ordinal), cancel);

    /// <summary>The digests of one run, with their kinds.</summary>
    public Task<IReadOnlyList<(string Kind, string Digest)>> OfRunAsync(Guid run, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<(string Kind, string Digest)>>(
            connection =>
            [
                .. connection.Query<(string, string)>(
                    "SELECT kind Kind, digest Digest FROM revoked_tokens WHERE run = @run ORDER BY kind, digest", new { run = run.ToString() }),
            ], cancel);

    private static void Prune(DbTransaction transaction, DateTimeOffset now) => transaction.Connection!.Execute(
        "DELETE FROM revoked_tokens WHERE id IN (SELECT id FROM revoked_tokens WHERE revoked_at < @before "
            + "OR id <= (SELECT max(id) FROM revoked_tokens) - @most ORDER BY id LIMIT @limit)",
        new { before = (now - MaxAge).ToUnixTimeMilliseconds(), most = MaxAll, limit = MaxRemoved }, transaction);
}
