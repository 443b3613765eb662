using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Audit.Events;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Makes a link for the first owner where the console has no terminal to show one on. No permission is checked, because a person who may
/// write the data folder could do worse; the act is recorded.
/// </summary>
internal sealed class OwnerInvitation(AuditTrail audit, InvitationStore invitations)
{
    /// <summary>Makes a link; earlier ones become void.</summary>
    /// <returns>The secret of a one-time link.</returns>
    /// <exception cref="Storage.StoreException">Nothing was changed.</exception>
    public Task<CommandResult<string>> InviteAsync(CancellationToken cancel) => audit.WriteAsync<CommandResult<string>>(Invite, cancel);

    private (CommandResult<string> Reply, AuditEvent? Event) Invite(DbTransaction transaction)
    {
        var what = new AuditEvent("set-up.link", OwnerRecovery.Actor)
        {
            Detail = $"one-time link for the first owner shown to "
            + $"{Environment.UserName}"
        };
        return FaultOf(transaction.Connection!) is { } fault
            ? (Refusal.Invalid(fault), what with { Result = AuditResult.Refused, Detail = fault })
            : (invitations.Make(transaction, null, OwnerRecovery.Actor), what);
    }

    private static string? FaultOf(DbConnection connection) => OwnersIn(connection) is [var owner, ..]
        ? $"{owner.Name} is already an owner. If they cannot sign in, run the same command with recover {owner.Name} instead of invite."
        : OwnerBootstrap.WasUsedBefore(connection)
            ? "This console was used before, so a link cannot create an owner. Name a file with a password in Dashboard:OwnerPasswordFile "
                + "and a new name in Dashboard:OwnerName, then start the console again."
            : null;

    /// <summary>The owners whom <see cref="OwnerRecovery"/> can let in again.</summary>
    private static IReadOnlyList<Account> OwnersIn(DbConnection connection) =>
        [.. AccountTable.All(connection)
            .Where(
                account =>
                    account is { DisabledAt: null, Issuer: null }
                        && AccountTable.GrantsOf(connection, account.Id).All.Any(grant => grant.Role == OperatorRole.Owner))];
}
