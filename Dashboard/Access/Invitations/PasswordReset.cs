using System.Data.Common;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;

namespace Dashboard.Access.Invitations;

/// <summary>Resets an account whose password was forgotten or second factor lost: both become void at once, and its sessions end.</summary>
internal sealed class PasswordReset(InvitationStore invitations, SessionStore sessions)
{
    /// <returns>The secret of a one-time link by which the person chooses a new password.</returns>
    public string Run(DbTransaction transaction, Account account, string madeBy)
    {
        AccountChanges.Reset(transaction, account.Id);
        sessions.EndAllOf(transaction, account.Id);
        return invitations.Make(transaction, account.Id, madeBy);
    }
}
