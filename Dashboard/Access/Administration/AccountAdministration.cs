using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Authorization;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Storage;

namespace Dashboard.Access.Administration;

/// <summary>
/// What owners do to accounts. Each act is authorized where it is done, whatever the page showed, and one owner always remains.
/// </summary>
internal sealed class AccountAdministration(
    OwnerTransaction acts, IConsoleStore store, InvitationStore invitations, SessionStore sessions, PasswordReset reset, TimeProvider time)
{
    private static readonly Refusal LastOwner = Refusal.Invalid("This is the only owner who can sign in with a password. "
        + "Make another account an owner first.");

    private static readonly Refusal OfProvider = Refusal.Invalid("This account belongs to the provider: its roles come with each "
        + "sign-in, and it has no password here. Change its groups there, or disable it here.");

    /// <summary>Lists the accounts. The caller checks the permission.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<AccountSummary>> ListAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<AccountSummary>>(
        connection =>
            [.. AccountTable.All(connection).Select(account => AccountSummary.Of(account, AccountTable.GrantsOf(connection, account.Id)))],
                cancel);

    /// <returns>The secret of a one-time link by which the person chooses a password.</returns>
    public Task<CommandResult<string>> InviteAsync(
        string? session, string name, Grants grants, CancellationToken cancel) => acts.ActAsync<string>(
        session,
        (_, owner) => new("account.invite", owner.Name, owner.Address) { Subject = name, Detail = $"as {grants}" },
        (transaction, owner) =>
        {
            if (AccountNames.FaultOf(name) is { } unfit)
            {
                return Refusal.Invalid($"“{name}” {unfit}");
            }

            if (AccountTable.FindByName(transaction.Connection!, name) is not null)
            {
                return Refusal.Invalid($"The account “{name}” already exists.");
            }

            if (grants.All.IsEmpty)
            {
                return Refusal.Invalid("Choose a role: an account without one cannot use the console.");
            }

            var account = new Account { Name = name, PlainName = AccountNames.Plain(name), CreatedAt = time.GetUtcNow() };
            AccountTable.Add(transaction, account);
            AccountTable.SetGrants(transaction, account.Id, grants);
            return invitations.Make(transaction, account.Id, owner.Name);
        }, cancel);

    /// <param name="seen">The roles that the owner saw. When the account has others now, nothing is changed; null changes them in any
    /// case.</param>
    public Task<CommandResult<bool>> GrantAsync(
        string? session, string id, Grants grants, CancellationToken cancel, Grants? seen = null) => ChangeAsync(
        session, id, "account.grant",
        transaction => "now " + (grants.All.IsEmpty ? "nothing" : grants.ToString())
            + (!grants.IsOwner && StopsOf(transaction, id) is { } stops ? $"; {stops}" : ""),
        (transaction, account, _) => ApiTokenTable.Grant(transaction, account.Id, grants, time.GetUtcNow()), cancel, localOnly: true,
        transaction =>
            seen is not null && AccountTable.GrantsOf(transaction.Connection!, id) is var now && now.ToString() != seen.ToString()
            ? Refusal.Invalid($"Another person has changed these roles: they are now {(now.All.IsEmpty ? "none" : now)}. "
                + "Nothing was saved; choose again.")
            : null);

    /// <summary>
    /// Disables an account. Open pages lose their content within seconds, and the next act is refused at once. Sign-ins in progress and
    /// unopened links become void. The machine tokens that the account answers for are refused until an owner adopts them, as are those of
    /// an owner whose grants are reduced.
    /// </summary>
    public Task<CommandResult<bool>> DisableAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.disable", transaction => StopsOf(transaction, id),
        (transaction, account, _) =>
        {
            AccountChanges.Disable(transaction, account.Id, time.GetUtcNow());
            ApiTokenTable.StopAllOf(transaction, account.Id, time.GetUtcNow());
            sessions.EndAllOf(transaction, account.Id);
            InvitationStore.Void(transaction, account.Id);
        }, cancel);

    public Task<CommandResult<bool>> EnableAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.enable", _ => null,
        (transaction, account, _) =>
        {
            // They are already stopped, unless an earlier version disabled the account.
            ApiTokenTable.StopAllOf(transaction, account.Id, time.GetUtcNow());
            AccountChanges.Enable(transaction, account.Id);
        }, cancel);

    public Task<CommandResult<bool>> EndSessionsAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.sign-out", _ => "all sessions", (transaction, account, _) => sessions.EndAllOf(transaction, account.Id),
        cancel);

    /// <inheritdoc cref="PasswordReset"/>
    /// <returns>The secret of a one-time link by which the person chooses a new password.</returns>
    public async Task<CommandResult<string>> ResetAsync(string? session, string id, CancellationToken cancel)
    {
        var secret = "";
        var result = await ChangeAsync(
            session, id, "account.reset", _ => "password and second factor removed; one-time link created",
            (transaction, account, owner) => secret = reset.Run(transaction, account, owner.Name), cancel, localOnly: true);
        return result.Refusal is { } refusal ? refusal : secret;
    }

    /// <summary>Names the machine tokens that are accepted now and stop with this account; null for none.</summary>
    private string? StopsOf(DbTransaction transaction, string id) => ApiTokenTable.StopsOf(transaction.Connection!, id, time.GetUtcNow());

    /// <param name="detail">The detail for the audit log; read before anything is changed.</param>
    private Task<CommandResult<bool>> ChangeAsync(
        string? session, string id, string action, Func<DbTransaction, string?> detail, Action<DbTransaction, Account, Session> change,
        CancellationToken cancel, bool localOnly = false, Func<DbTransaction, Refusal?>? check = null) => acts.ActAsync<bool>(
        session,
        (transaction, owner) =>
            new(action, owner.Name, owner.Address)
            {
                Subject = AccountTable.Find(transaction.Connection!, id)?.Name,
                Detail = detail(transaction)
            },
        (transaction, owner) =>
        {
            if (AccountTable.Find(transaction.Connection!, id) is not { } account)
            {
                return Refusal.Invalid("This account does not exist. Load the page again.");
            }

            if (localOnly && account.IsOfProvider)
            {
                return OfProvider;
            }

            if (check?.Invoke(transaction) is { } refusal)
            {
                return refusal;
            }

            var owners = AccountTable.CountOwners(transaction.Connection!);
            transaction.Save("change");
            change(transaction, account, owner);
            if (owners > 0 && AccountTable.CountOwners(transaction.Connection!) == 0)
            {
                transaction.Rollback("change");
                return LastOwner;
            }

            return true;
        }, cancel);
}
