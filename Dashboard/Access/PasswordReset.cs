using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>For who forgot the password or lost the second factor: both are void at once, and sessions begun with them end.</summary>
internal sealed class PasswordReset(Invitations invitations, SessionBook sessions)
{
    /// <returns>The secret of a one-time link by which the person chooses a new password.</returns>
    public string Run(SqliteTransaction transaction, Account account, string madeBy)
    {
        (account.PasswordHash, account.TwoFactor, account.AuthenticatorKey, account.SecurityStamp) = (null, false, null, Guid.NewGuid().ToString("N"));
        AccountTable.Update(transaction, account);
        sessions.EndAllOf(transaction, account.Id);
        return invitations.Make(transaction, account.Id, madeBy);
    }
}
