using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>What owners do to accounts. Each act is judged here, whatever the page showed, and there is always an owner left.</summary>
internal sealed class AccountDesk(Desk desk, ConsoleStore store, Invitations invitations, SessionBook sessions, PasswordReset reset, TimeProvider time)
{
    private static readonly Refusal LastOwner = Refusal.Unfit("This is the only owner who can sign in with a password. Make somebody else an owner first.");

    private static readonly Refusal OfProvider = Refusal.Unfit("This account belongs to the provider: its roles come with each sign-in, and it has no password here. Change its groups there, or disable it here.");

    /// <summary>For the page of somebody who may see it; asks no permission by itself.</summary>
    /// <exception cref="StoreException">The file cannot be used.</exception>
    public Task<IReadOnlyList<(Account Account, Grants Grants)>> ListAsync(CancellationToken cancel) => store.ReadAsync<IReadOnlyList<(Account, Grants)>>(
        connection => [.. AccountTable.All(connection).Select(account => (account, AccountTable.GrantsOf(connection, account.Id)))], cancel);

    /// <returns>The secret of a one-time link by which the person chooses a password.</returns>
    public Task<DeskReply<string>> InviteAsync(string? session, string name, Grants grants, CancellationToken cancel) => desk.ActAsync<string>(
        session,
        (transaction, owner) =>
        {
            var what = new AuditEvent("account.invite", owner.Name, owner.Address) { Subject = name, Detail = $"as {grants}" };
            if (!AccountNames.AreFit(name))
            {
                return (Refusal.Unfit($"“{name}” cannot be a name: use {AccountNames.Rule}."), what);
            }

            if (AccountTable.FindByName(transaction.Connection!, name) is not null)
            {
                return (Refusal.Unfit($"There is an account “{name}” already."), what);
            }

            if (grants.All.IsEmpty)
            {
                return (Refusal.Unfit("Choose a role: somebody without one could not come in."), what);
            }

            var account = new Account { Name = name, PlainName = AccountNames.Plain(name), CreatedAt = time.GetUtcNow() };
            AccountTable.Add(transaction, account);
            AccountTable.SetGrants(transaction, account.Id, grants);
            return (invitations.Make(transaction, account.Id, owner.Name), what);
        }, cancel);

    public Task<DeskReply<Account>> GrantAsync(string? session, string id, Grants grants, CancellationToken cancel) => ChangeAsync(
        session, id, "account.grant", $"now {(grants.All.IsEmpty ? "nothing" : grants)}", (transaction, account, _) => AccountTable.SetGrants(transaction, account.Id, grants), cancel, localOnly: true);

    /// <summary>Open pages lose what they show within seconds, the next act is refused at once.</summary>
    public Task<DeskReply<Account>> DisableAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.disable", null,
        (transaction, account, _) =>
        {
            account.DisabledAt = time.GetUtcNow();
            AccountTable.Update(transaction, account);
            sessions.EndAllOf(transaction, account.Id);
        }, cancel);

    public Task<DeskReply<Account>> EnableAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.enable", null,
        (transaction, account, _) =>
        {
            account.DisabledAt = null;
            AccountTable.Update(transaction, account);
        }, cancel);

    public Task<DeskReply<Account>> EndSessionsAsync(string? session, string id, CancellationToken cancel) => ChangeAsync(
        session, id, "account.sign-out", "all sessions", (transaction, account, _) => sessions.EndAllOf(transaction, account.Id), cancel);

    /// <inheritdoc cref="PasswordReset"/>
    /// <returns>The secret of a one-time link by which the person chooses a new password.</returns>
    public async Task<DeskReply<string>> ResetAsync(string? session, string id, CancellationToken cancel)
    {
        var secret = "";
        var reply = await ChangeAsync(
            session, id, "account.reset", "password and second factor void; one-time link made",
            (transaction, account, owner) => secret = reset.Run(transaction, account, owner.Name), cancel, localOnly: true);
        return reply.Refusal is { } refusal ? refusal : secret;
    }

    private Task<DeskReply<Account>> ChangeAsync(
        string? session, string id, string action, string? detail, Action<SqliteTransaction, Account, Session> change, CancellationToken cancel, bool localOnly = false) => desk.ActAsync<Account>(
        session,
        (transaction, owner) =>
        {
            var what = new AuditEvent(action, owner.Name, owner.Address) { Detail = detail };
            if (AccountTable.Find(transaction.Connection!, id) is not { } account)
            {
                return (Refusal.Unfit("There is no such account. Load the page again."), what);
            }

            what = what with { Subject = account.Name };
            if (localOnly && account.IsOfProvider)
            {
                return (OfProvider, what);
            }

            var owners = AccountTable.CountOwners(transaction.Connection!);
            transaction.Save("change");
            change(transaction, account, owner);
            if (owners > 0 && AccountTable.CountOwners(transaction.Connection!) == 0)
            {
                transaction.Rollback("change");
                return (LastOwner, what);
            }

            return (account, what);
        }, cancel);
}
