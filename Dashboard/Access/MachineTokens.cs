using Dapper;
using Dashboard.Audit;
using Dashboard.Store;

namespace Dashboard.Access;

/// <summary>Makes, revokes and recognises machine tokens.</summary>
internal sealed partial class MachineTokens(Desk desk, ConsoleStore store, TimeProvider time, ILogger<MachineTokens> log)
{
    /// <summary>So that a scanner for leaked secrets knows one, and people see what it is.</summary>
    public const string Prefix = "dash_";

    /// <summary>Days.</summary>
    public const int LongestLife = 400;

    /// <summary>How exactly a token's last use is told, and how long a file that took no note of it is left alone.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    private const string Select =
        "SELECT id Id, name Name, scopes Scopes, made_by MadeBy, made_at MadeAt, until Until, revoked_at RevokedAt, used_at UsedAt FROM machine_tokens ";

    /// <summary>When noting a use failed last, as unix milliseconds; 0 while it works.</summary>
    private long _failedAt;

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<MachineToken>> ListAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<MachineToken>>(
        connection => [.. connection.Query<Row>(Select + "ORDER BY made_at DESC").Select(row => row.ToToken())], cancel);

    /// <param name="days">1 to <see cref="LongestLife"/>.</param>
    /// <returns>The token, which nobody can be shown again.</returns>
    public Task<DeskReply<string>> MakeAsync(string? session, string name, IReadOnlyList<string> scopes, int days, CancellationToken cancel) => desk.ActAsync<string>(
        session,
        (_, owner) => new("machine-token.make", owner.Name, owner.Address) { Subject = name, Detail = $"{string.Join(", ", scopes)}; {days} days" },
        (transaction, owner) =>
        {
            if (FaultOf(name, scopes, days) is { } fault)
            {
                return Refusal.Unfit(fault);
            }

            var token = Prefix + Secret.New();
            transaction.ExecuteOne(
                "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until) VALUES (@Id, @Name, @Hash, @Scopes, @MadeBy, @MadeAt, @Until)",
                new
                {
                    Id = Guid.CreateVersion7().ToString("N"),
                    Name = name,
                    Hash = Secret.HashOf(token),
                    Scopes = string.Join(',', scopes),
                    MadeBy = owner.Name,
                    MadeAt = time.GetUtcNow().ToUnixTimeMilliseconds(),
                    Until = time.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds(),
                });
            return token;
        }, cancel);

    public Task<DeskReply<bool>> RevokeAsync(string? session, string id, CancellationToken cancel) => desk.ActAsync<bool>(
        session,
        (transaction, owner) => new("machine-token.revoke", owner.Name, owner.Address)
        {
            Subject = transaction.Connection!.QuerySingleOrDefault<string>("SELECT name FROM machine_tokens WHERE id = @id", new { id }, transaction),
        },
        (transaction, _) => transaction.ExecuteCounted(
            "SELECT count(*) FROM machine_tokens WHERE id = @id AND revoked_at IS NULL",
            "UPDATE machine_tokens SET revoked_at = @now WHERE id = @id",
            new { id, now = time.GetUtcNow().ToUnixTimeMilliseconds() }) == 1
                ? true
                : Refusal.Unfit("That token is revoked already, or never was. Load the page again."), cancel);

    /// <summary>Whose token this is; null when it is nobody's, ran out or was revoked. Its use is noted, once a minute, where it can be.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public async Task<MachineToken?> RecogniseAsync(string token, CancellationToken cancel)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
        {
            return null;
        }

        var found = await store.ReadAsync(connection => connection.QuerySingleOrDefault<Row>(Select + "WHERE hash = @hash", new { hash = Secret.HashOf(token) })?.ToToken(), cancel);
        var now = time.GetUtcNow();
        if (found?.IsGoodAt(now) != true)
        {
            return null;
        }

        if ((found.UsedAt is null || now - found.UsedAt > Between) && now - DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _failedAt)) > Between)
        {
            await NoteUseAsync(found.Id, now.ToUnixTimeMilliseconds(), cancel);
        }

        return found;
    }

    /// <summary>A full disk must not blind the monitoring that would tell of it: reading goes on.</summary>
    private async Task NoteUseAsync(string id, long now, CancellationToken cancel)
    {
        try
        {
            await store.WriteAsync(
                transaction => transaction.ExecuteCounted(
                    "SELECT count(*) FROM machine_tokens WHERE id = @id", "UPDATE machine_tokens SET used_at = @now WHERE id = @id", new { now, id }), cancel);
            Interlocked.Exchange(ref _failedAt, 0);
        }
        catch (StoreException unusable)
        {
            if (Interlocked.Exchange(ref _failedAt, now) == 0)
            {
                LogUnnoted(unusable.Message);
            }
        }
    }

    [LoggerMessage(531, LogLevel.Warning, "The use of machine tokens cannot be noted; they go on being accepted. {Why}")]
    private partial void LogUnnoted(string why);

    private static string? FaultOf(string name, IReadOnlyList<string> scopes, int days) =>
        !AccountNames.AreFit(name) ? $"“{name}” cannot be a name: use {AccountNames.Rule}."
        : scopes.Count == 0 || scopes.Any(scope => !Scope.All.Contains(scope)) ? $"Choose what it may read: {string.Join(", ", Scope.All)}."
        : days is < 1 or > LongestLife ? $"A token lives for 1 to {LongestLife} days."
        : null;

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Name { get; set; } = "";

        public string Scopes { get; set; } = "";

        public string MadeBy { get; set; } = "";

        public long MadeAt { get; set; }

        public long Until { get; set; }

        public long? RevokedAt { get; set; }

        public long? UsedAt { get; set; }

        public MachineToken ToToken() => new(
            Id, Name, Scopes.Split(','), MadeBy, DateTimeOffset.FromUnixTimeMilliseconds(MadeAt), DateTimeOffset.FromUnixTimeMilliseconds(Until), UnixTime.Read(RevokedAt), UnixTime.Read(UsedAt));
    }
}
