using Dapper;
using Dashboard.Instances;
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

    /// <summary>The maximum number removed at a time: other writes wait for it.</summary>
    private const int MaxRemoved = 10_000;

    private const int MaxParameters = 500;

    /// <param name="digests">Of one run, at most <see cref="MaxOfRun"/>.</param>
    public Task<bool> AddAsync(Guid run, IReadOnlyCollection<(string Kind, string Digest)> digests, CancellationToken cancel) =>
        store.WriteAsync(
            transaction =>
            {
                var now = time.GetUtcNow();
                foreach (var (kind, digest) in digests.Take(MaxOfRun))
                {
                    transaction.ExecuteOne(
                        "INSERT INTO revoked_tokens (run, kind, digest, revoked_at) VALUES (@run, @kind, @digest, @at)",
                        new { run = run.ToString(), kind, digest, at = now.ToUnixTimeMilliseconds() });
                }

                return true;
            }, cancel);

    /// <summary>Which of these were revoked on an instance, and when last by which run.</summary>
    /// <param name="before">Later revocations are left out: a token that was read before was still there.</param>
    public Task<IReadOnlyDictionary<string, (Guid Run, DateTimeOffset At)>> AmongAsync(
        InstanceId instance, IReadOnlyList<string> digests, DateTimeOffset before, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyDictionary<string, (Guid Run, DateTimeOffset At)>>(
            connection => digests.Chunk(MaxParameters).SelectMany(some => connection.Query<(string Digest, string Run, long At)>(
                "SELECT digest Digest, run Run, revoked_at At FROM revoked_tokens t WHERE digest IN @some AND revoked_at < @before "
                    + "AND EXISTS (SELECT 1 FROM revocation_steps s WHERE s.run = t.run AND s.instance = @instance)",
                new { some, before = before.ToUnixTimeMilliseconds(), instance = instance.Value }))
                .GroupBy(row => row.Digest, StringComparer.Ordinal)
                .ToDictionary(
                    digest => digest.Key,
                    digest => digest.MaxBy(row => row.At) is var last
                        ? (Guid.Parse(last.Run), DateTimeOffset.FromUnixTimeMilliseconds(last.At))
                        : default,
                    StringComparer.Ordinal),
            cancel);

    /// <summary>The digests of one run, with their kinds.</summary>
    public Task<IReadOnlyList<(string Kind, string Digest)>> OfRunAsync(Guid run, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<(string Kind, string Digest)>>(
            connection =>
            [
                .. connection.Query<(string, string)>(
                    "SELECT kind Kind, digest Digest FROM revoked_tokens WHERE run = @run ORDER BY kind, digest",
                    new { run = run.ToString() }),
            ], cancel);

    /// <summary>Removes what is too old or too much, a part at a time.</summary>
    /// <returns>Whether there may be more to remove.</returns>
    public async Task<bool> PruneAsync(CancellationToken cancel)
    {
        var values = new { before = (time.GetUtcNow() - MaxAge).ToUnixTimeMilliseconds(), most = MaxAll, limit = MaxRemoved };
        var isTooMuch = await store.ReadAsync(
            connection => connection.QuerySingle<bool>(
                "SELECT EXISTS (SELECT 1 FROM revoked_tokens "
                    + "WHERE revoked_at < @before OR id <= (SELECT max(id) FROM revoked_tokens) - @most)", values), cancel);
        return isTooMuch && await store.WriteAsync(
            transaction => transaction.Connection!.Execute(
                "DELETE FROM revoked_tokens WHERE id IN (SELECT id FROM revoked_tokens "
                    + "WHERE revoked_at < @before OR id <= (SELECT max(id) FROM revoked_tokens) - @most ORDER BY id LIMIT @limit)",
                values, transaction) == MaxRemoved, cancel);
    }
}
