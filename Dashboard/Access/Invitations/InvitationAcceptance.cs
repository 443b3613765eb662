using System.Data.Common;
using System.Net;
using Dashboard.Access.Accounts;
using Dashboard.Access.Passwords;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Invitations;

/// <summary>Accepts a one-time link: a person chooses a password, and the first owner also a name.</summary>
internal sealed class InvitationAcceptance(
    UserManager<Account> users, InvitationStore invitations, AuditTrail audit, NewPassword chosen, TimeProvider time)
{
    private const string Void = "This link was already used, has expired, or was replaced by a newer one. Ask for a new one.";

    /// <summary>The name of the account whose link was accepted; null before.</summary>
    public string? Accepted { get; private set; }

    /// <param name="name">The name that the first owner chose; the account of an invited person keeps its own.</param>
    /// <returns>What is wrong, for the person; null when it is done and they can sign in.</returns>
    /// <exception cref="Storage.StoreException">Nothing was changed.</exception>
    public async Task<string?> AcceptAsync(string secret, string name, string password, IPAddress? address, CancellationToken cancel)
    {
        if (await invitations.FindAsync(secret, cancel) is not { } invitation)
        {
            return Void;
        }

        var account = invitation.Account ?? new Account { Name = name.Trim(), CreatedAt = time.GetUtcNow() };
        if (AccountNames.FaultOf(account.Name) is { } unfit)
        {
            return $"“{account.Name}” {unfit}";
        }

        if (invitation.Account is null && await users.FindByNameAsync(account.Name) is not null)
        {
            return "That name is taken. Choose another.";
        }

        (account.PasswordHash, var fault) = await chosen.HashAsync(invitation.Account?.Id ?? "first owner", account, password, cancel);
        if (fault is not null)
        {
            return fault;
        }

        if (!await audit.WriteAsync(transaction => Accept(transaction, invitation, secret, account, address), cancel))
        {
            return Void;
        }

        Accepted = account.Name;
        return null;
    }

    private (bool Done, AuditEvent? Event) Accept(
        DbTransaction transaction, Invitation invitation, string secret, Account account, IPAddress? address)
    {
        transaction.Save("link");
        if (!invitations.TryUse(transaction, secret))
        {
            return (false, null);
        }

        var from = address?.ToString();
        if (invitation.Account is not null
            && !AccountChanges.SetPassword(transaction, account, account.PasswordHash!, AccountChanges.NewStamp()))
        {
            transaction.Rollback("link");
            return (false, null);
        }

        if (invitation.Account is not null)
        {
            return (
                true, new("account.password", account.Name, from) { Subject = account.Name, Detail = "chosen through a one-time link" });
        }

        if (AccountTable.CountOwners(transaction.Connection!) > 0)
        {
            return (false, null);
        }

        account.PlainName = AccountNames.Plain(account.Name);
        AccountTable.Add(transaction, account);
        AccountTable.SetGrants(transaction, account.Id, new([new Grant(OperatorRole.Owner)]));
        return (true, new("account.first-owner", account.Name, from) { Subject = account.Name, Detail = "through the set-up link" });
    }
}
