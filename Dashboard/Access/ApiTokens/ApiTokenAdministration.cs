using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Sessions;
using Dashboard.Audit.Events;
using Dashboard.Storage;

namespace Dashboard.Access.ApiTokens;

/// <summary>Makes, revokes, adopts and recognises machine tokens.</summary>
internal sealed partial class ApiTokenAdministration(
    OwnerTransaction acts, IConsoleStore store, TimeProvider time, ILogger<ApiTokenAdministration> log)
{
    /// <summary>The beginning of each token, by which scanners for leaked secrets and people recognise it.</summary>
    public const string Prefix = "dash_";

    /// <summary>The longest lifetime, in days.</summary>
    public const int MaxLifetimeDays = 400;

    /// <summary>The maximum number of tokens that are neither revoked nor expired.</summary>
    public const int MaxOpen = 500;

    /// <summary>The precision of a token's last use, and the pause after the file did not accept one.</summary>
    private static readonly TimeSpan NoteInterval = TimeSpan.FromMinutes(1);

    /// <summary>When recording a use last failed, in Unix milliseconds; 0 while it works.</summary>
    private long _failedAt;

    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<ApiToken>> ListAsync(CancellationToken cancel) => store.ReadAsync(ApiTokenTable.All, cancel);

    /// <summary>Makes a token. The owner who makes it answers for it.</summary>
    /// <param name="days">The lifetime in days, 1 to <see cref="MaxLifetimeDays"/>.</param>
    /// <returns>The token, which cannot be shown again.</returns>
    public Task<CommandResult<string>> MakeAsync(
        string? session, string name, IReadOnlyList<string> scopes, int days, CancellationToken cancel) => acts.ActAsync<string>(
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

            if (ApiTokenTable.CountOpen(transaction, time.GetUtcNow()) >= MaxOpen)
            {
                return Refusal.Invalid($"There are already {MaxOpen} machine tokens. "
                    + "Revoke those that are not used, then create this one.");
            }

            var (token, now) = (Prefix + RandomSecret.New(), time.GetUtcNow());
            ApiTokenTable.Add(transaction, RandomSecret.HashOf(token), name, scopes, owner, now, now.AddDays(days));
            return token;
        }, cancel);

    public Task<CommandResult<bool>> RevokeAsync(string? session, string id, CancellationToken cancel) => acts.ActAsync<bool>(
        session,
        (transaction, owner) =>
            new("machine-token.revoke", owner.Name, owner.Address) { Subject = ApiTokenTable.Find(transaction.Connection!, id)?.Name },
        (transaction, _) => ApiTokenTable.Revoke(transaction, id, time.GetUtcNow())
            ? true
            : Refusal.Invalid("That token is already revoked or does not exist. Load the page again."), cancel);

    /// <summary>Makes the owner who asks answer for a token that is refused because of its previous owner.</summary>
    public Task<CommandResult<bool>> AdoptAsync(string? session, string id, CancellationToken cancel) => acts.ActAsync<bool>(
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
    /// Finds the token. The account of its owner is read at the same moment, so a token stops with its owner at the next request. The use
    /// is recorded once a minute where the file can be written.
    /// </summary>
    /// <returns>The token, and null; or the reason for a refusal, with the token where it is known. The token is null when it does not
    /// exist, has expired or was revoked.</returns>
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

        if ((found.UsedAt is null || now - found.UsedAt > NoteInterval)
            && now - DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _failedAt)) > NoteInterval)
        {
            await NoteUseAsync(found.Id, now, cancel);
        }

        return (found, null);
    }

    /// <summary>Whether a token that was recognised before is still accepted for this scope.</summary>
    /// <exception cref="StoreException">The file cannot be read.</exception>
    public async Task<bool> IsAcceptedAsync(string id, string scope, CancellationToken cancel) =>
        await store.ReadAsync(connection => ApiTokenTable.Find(connection, id), cancel) is { } token
        && token.IsAcceptedAt(time.GetUtcNow()) && token.Scopes.Contains(scope);

    /// <summary>Records a use. A full disk must not stop the monitoring that would report it: the token stays accepted.</summary>
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
                LogUseNotRecorded(unusable.Message);
            }
        }
    }

    [LoggerMessage(531, LogLevel.Warning, "The use of machine tokens cannot be recorded; they are still accepted. {Why}")]
    private partial void LogUseNotRecorded(string why);

    private static AuditEvent AdoptionOf(ApiToken? token, Session owner, DateTimeOffset now) =>
        new("machine-token.adopt", owner.Name, owner.Address)
        {
            Subject = token?.Name,
            Detail = token is null ? null : $"made by {token.MadeBy}; refused until now: {token.Owner.FaultAt(now)}",
        };

    private static Refusal? WhyNotAdopted(ApiToken? token, DateTimeOffset now) =>
        token is null ? Refusal.Invalid("This token does not exist. Load the page again.")
        : token.RevokedAt is not null ? Refusal.Invalid($"{token.Name} is revoked permanently. Create a new token.")
        : !token.IsOpenAt(now) ? Refusal.Invalid($"{token.Name} expired on {token.Until:yyyy-MM-dd} UTC. Create a new token.")
        : token.IsAcceptedAt(now)
        ? Refusal.Invalid($"{token.Name} is accepted, and {token.Owner.Name} answers for it: there is nothing to adopt.")
        : null;

    private static string? FaultOf(string name, IReadOnlyList<string> scopes, int days) =>
        !AccountNames.AreFit(name) ? $"“{name}” cannot be a name: use {AccountNames.Rule}."
        : scopes.Count == 0 || scopes.Any(scope => !ApiTokenScope.All.Contains(scope))
        ? $"Choose what it may read: {string.Join(", ", ApiTokenScope.All)}."
        : days is < 1 or > MaxLifetimeDays ? $"A token is valid for 1 to {MaxLifetimeDays} days."
        : null;
}
