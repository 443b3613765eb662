using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Sessions;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.ApiTokens;

/// <summary>Makes, revokes, adopts and recognises machine tokens.</summary>
internal sealed partial class ApiTokenAdministration(
    OwnerTransaction desk, IConsoleStore store, TimeProvider time, ILogger<ApiTokenAdministration> log)
{
    /// <summary>So that a scanner for leaked secrets knows one, and people see what it is.</summary>
    public const string Prefix = "dash_";

    /// <summary>Days.</summary>
    public const int LongestLife = 400;

    /// <summary>Tokens that are neither revoked nor expired.</summary>
    public const int Most = 500;

    /// <summary>How exactly a token's last use is told, and how long a file that took no note of it is left alone.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(1);

    /// <summary>When noting a use failed last, as unix milliseconds; 0 while it works.</summary>
    private long _failedAt;

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancel) => store.ReadAsync(ApiTokenTable.All, cancel);

    /// <summary>The owner who makes it answers for it.</summary>
    /// <param name="days">1 to <see cref="LongestLife"/>.</param>
    /// <returns>The token, which nobody can be shown again.</returns>
    public Task<CommandResult<string>> MakeAsync(
        string? session, string name, IReadOnlyList<string> scopes, int days, CancellationToken cancel) => desk.ActAsync<string>(
        session,
        (_, owner) => new("machine-token.make", owner.Name, owner.Address)
        {
            Subject = name, Detail = $"{string.Join(", ", scopes)}; "
            + $"{days} days"
        },
        (transaction, owner) =>
        {
            if (FaultOf(name, scopes, days) is { } fault)
            {
                return Refusal.Invalid(fault);
            }

            if (ApiTokenTable.CountOpen(transaction, time.GetUtcNow()) >= Most)
            {
                return Refusal.Invalid($"There are {Most} machine tokens already. Revoke those that nobody uses, then make this one.");
            }

            var (token, now) = (Prefix + RandomSecret.New(), time.GetUtcNow());
            ApiTokenTable.Add(transaction, RandomSecret.HashOf(token), name, scopes, owner, now, now.AddDays(days));
            return token;
        }, cancel);

    public Task<CommandResult<bool>> RevokeAsync(string? session, string id, CancellationToken cancel) => desk.ActAsync<bool>(
        session,
        (transaction, owner) =>
            new("machine-token.revoke", owner.Name, owner.Address) { Subject = ApiTokenTable.Find(transaction.Connection!, id)?.Name },
        (transaction, _) => ApiTokenTable.Revoke(transaction, id, time.GetUtcNow())
            ? true
            : Refusal.Invalid("That token is revoked already, or never was. Load the page again."), cancel);

    /// <summary>Makes the owner who asks answer for a token that is refused because of the owner before.</summary>
    public Task<CommandResult<bool>> AdoptAsync(string? session, string id, CancellationToken cancel) => desk.ActAsync<bool>(
        session,
        (transaction, owner) => AdoptionOf(ApiTokenTable.Find(transaction.Connection!, id), owner, time.GetUtcNow()),
        (transaction, owner) =>
        {
            if (WhyNotAdopted(ApiTokenTable.Find(transaction.Connection!, id), time.GetUtcNow()) is { } refusal)
            {
                return refusal;
            }

            ApiTokenTable.Adopt(transaction, id, owner);
            return true;
        }, cancel);

    /// <summary>
    /// Whose token this is. Its owner's account is read at the same moment: a token ends with the owner who answers for it, at the next
    /// request. Its use is noted, once a minute, where it can be.
    /// </summary>
    /// <returns>The token, and null; or why it is refused, and the token where it is known: null when it is nobody's, ran out or was
    /// revoked.</returns>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public async Task<(ApiToken? Token, string? Fault)> RecogniseAsync(string token, CancellationToken cancel)
    {
        const string unknown = "unknown, expired or revoked";
        if (!token.StartsWith(Prefix, StringComparison.Ordinal) || token.Length > 100)
        {
            return (null, unknown);
        }

        var found = await store.ReadAsync(connection => ApiTokenTable.FindByHash(connection, RandomSecret.HashOf(token)), cancel);
        var now = time.GetUtcNow();
        if (found?.IsOpenAt(now) != true)
        {
            return (null, unknown);
        }

        if (found.Owner.FaultAt(now) is { } fault)
        {
            return (found, fault);
        }

        if ((found.UsedAt is null || now - found.UsedAt > Between)
            && now - DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _failedAt)) > Between)
        {
            await NoteUseAsync(found.Id, now, cancel);
        }

        return (found, null);
    }

    /// <summary>A full disk must not blind the monitoring that would tell of it: reading goes on.</summary>
    private async Task NoteUseAsync(string id, DateTimeOffset now, CancellationToken cancel)
    {
        try
        {
            await store.WriteAsync(
                transaction =>
                {
                    ApiTokenTable.NoteUse(transaction, id, now);
                    return true;
                }, cancel);
            Interlocked.Exchange(ref _failedAt, 0);
        }
        catch (StoreException unusable)
        {
            if (Interlocked.Exchange(ref _failedAt, now.ToUnixTimeMilliseconds()) == 0)
            {
                LogUnnoted(unusable.Message);
            }
        }
    }

    [LoggerMessage(531, LogLevel.Warning, "The use of machine tokens cannot be noted; they go on being accepted. {Why}")]
    private partial void LogUnnoted(string why);

    private static AuditEvent AdoptionOf(ApiToken? token, Session owner, DateTimeOffset now) =>
        new("machine-token.adopt", owner.Name, owner.Address)
        {
            Subject = token?.Name,
            Detail = token is null ? null : $"made by {token.MadeBy}; refused until now: {token.Owner.FaultAt(now)}",
        };

    private static Refusal? WhyNotAdopted(ApiToken? token, DateTimeOffset now) =>
        token is null ? Refusal.Invalid("There is no such token. Load the page again.")
        : token.RevokedAt is not null ? Refusal.Invalid($"{token.Name} is revoked, and stays so. Make a new token.")
        : !token.IsOpenAt(now) ? Refusal.Invalid($"{token.Name} ran out on {token.Until:yyyy-MM-dd} UTC. Make a new token.")
        : token.IsAcceptedAt(now)
        ? Refusal.Invalid($"{token.Name} is accepted, and {token.Owner.Name} answers for it: there is nothing to adopt.")
        : null;

    private static string? FaultOf(string name, IReadOnlyList<string> scopes, int days) =>
        !AccountNames.AreFit(name) ? $"“{name}” cannot be a name: use {AccountNames.Rule}."
        : scopes.Count == 0 || scopes.Any(scope => !ApiTokenScope.All.Contains(scope))
        ? $"Choose what it may read: {string.Join(", ", ApiTokenScope.All)}."
        : days is < 1 or > LongestLife ? $"A token lives for 1 to {LongestLife} days."
        : null;
}
