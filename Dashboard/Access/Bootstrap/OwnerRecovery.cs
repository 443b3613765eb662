using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Audit;
using Dashboard.Audit.Events;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// Makes a link by which an owner whom no one else can let in chooses a new password. No permission is checked, because a person who may
/// write the data folder could do worse; the act is recorded.
/// </summary>
internal sealed class OwnerRecovery(AuditTrail audit, PasswordReset reset)
{
    /// <summary>The actor in the audit log: all that the console knows about the person.</summary>
    public const string Actor = "shell";

    /// <returns>The secret of a one-time link.</returns>
    /// <exception cref="Storage.StoreException">Nothing was changed.</exception>
    public Task<CommandResult<string>> RecoverAsync(string name, CancellationToken cancel) => audit.WriteAsync<CommandResult<string>>(
        transaction => Recover(transaction, name), cancel);

    private (CommandResult<string> Reply, AuditEvent? Event) Recover(DbTransaction transaction, string name)
    {
        var what = new AuditEvent("account.recover", Actor)
        {
            Subject = name, Detail = $"password and second factor removed; one-time link shown to {Environment.UserName}"
        };
        return FaultOf(transaction.Connection!, name) is { } fault
            ? (Refusal.Invalid(fault), what with { Result = AuditResult.Refused, Detail = fault })
            : (reset.Run(transaction, AccountTable.FindByName(transaction.Connection!, name)!, Actor), what);
    }

    private static string? FaultOf(DbConnection connection, string name) => AccountTable.FindByName(connection, name) is not { } account
        ? $"There is no account “{name}”."
        : !AccountTable.GrantsOf(connection, account.Id).All.Any(grant => grant.Role == OperatorRole.Owner)
            ? $"{account.Name} is not an owner: an owner can reset their password on the Accounts page."
            : account.IsOfProvider
                ? $"{account.Name} signs in through the provider and has no password here. For an owner with a password, name a file "
                    + "with it in Dashboard:OwnerPasswordFile and a new name in Dashboard:OwnerName, then start the console again."
            : account.DisabledAt is not null
                ? $"{account.Name} is disabled: another owner can enable the account on the Accounts page."
                : null;
}
