using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Access.Accounts;

/// <summary>
/// Changes an account. Each change is one statement that touches nothing else: checking a password takes long, and what was read before
/// must not overwrite what an owner changed since.
/// </summary>
internal static class AccountChanges
{
    /// <summary>The answer to a person whose change conflicts with a newer one.</summary>
    public const string Changed = "The account was just changed or disabled, so nothing was done. Sign in again.";

    /// <summary>Counts the account if it is enabled and has the same security stamp as when it was read.</summary>
    private const string AsRead = "SELECT count(*) FROM accounts WHERE id = @Id AND security_stamp = @SecurityStamp AND disabled_at "
        + "IS NULL";

    /// <returns>False when the account was disabled, reset or signed out everywhere since it was read. The next four methods return the
    /// same.</returns>
    public static bool SignIn(DbTransaction transaction, Account read, DateTimeOffset now) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead, "UPDATE accounts SET last_sign_in = @now WHERE id = @Id",
        new { now = now.ToUnixTimeMilliseconds(), read.Id, read.SecurityStamp }) == 1;

    public static bool SetPassword(DbTransaction transaction, Account read, string hash, string stamp) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead, "UPDATE accounts SET password_hash = @hash, security_stamp = @stamp WHERE id = @Id",
        new { hash, stamp, read.Id, read.SecurityStamp }) == 1;

    /// <param name="key">The key, encrypted; null turns the second factor off.</param>
    /// <param name="step">The time step of the code that turned it on: that code is used up.</param>
    public static bool SetSecondFactor(DbTransaction transaction, Account read, string? key, long? step, string stamp) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead,
        "UPDATE accounts SET two_factor = @on, authenticator_key = @key, last_step = @step, security_stamp = @stamp WHERE id = @Id",
        new { on = key is null ? 0 : 1, key, step, stamp, read.Id, read.SecurityStamp }) == 1;

    /// <summary>Ends the person's other sessions, and changes nothing else.</summary>
    public static bool SetStamp(DbTransaction transaction, Account read, string stamp) => transaction.Noting(Of(read.Id)).ExecuteCounted(
        AsRead, "UPDATE accounts SET security_stamp = @stamp WHERE id = @Id", new { stamp, read.Id, read.SecurityStamp }) == 1;

    /// <summary>Uses up a code: it is accepted once, and no earlier code after it.</summary>
    /// <param name="latest">The newest step that is possible now. A stored step beyond it was stored before the clock was set back, and is
    /// ignored.</param>
    public static bool TakeStep(DbTransaction transaction, Account read, long step, long latest) => transaction.ExecuteCounted(
        "SELECT count(*) FROM accounts WHERE id = @Id AND security_stamp = @SecurityStamp AND disabled_at IS NULL AND (last_step IS NULL "
            + "OR last_step < @step OR last_step > @latest)",
        "UPDATE accounts SET last_step = @step WHERE id = @Id",
        new { step, latest, read.Id, read.SecurityStamp }) == 1;

    /// <summary>Stores a new hash of the same password; does nothing where the password was changed since.</summary>
    public static void Rehash(DbTransaction transaction, string id, string? was, string? hash) => transaction.ExecuteCounted(
        "SELECT count(*) FROM accounts WHERE id = @id AND password_hash IS NOT DISTINCT FROM @was",
        "UPDATE accounts SET password_hash = @hash WHERE id = @id",
        new { hash, id, was });

    public static void Reset(DbTransaction transaction, string id) => transaction.Noting(Of(id)).ExecuteOne(
        "UPDATE accounts SET password_hash = NULL, two_factor = 0, authenticator_key = NULL, last_step = NULL WHERE id = @id", new { id });

    public static void Disable(DbTransaction transaction, string id, DateTimeOffset now) => transaction.Noting(Of(id)).ExecuteOne(
        "UPDATE accounts SET disabled_at = @now WHERE id = @id", new { id, now = now.ToUnixTimeMilliseconds() });

    public static void Enable(DbTransaction transaction, string id) => transaction
        .Noting(Of(id)).ExecuteOne("UPDATE accounts SET disabled_at = NULL WHERE id = @id", new { id });

    /// <summary>Ends what began under the old stamp: sessions, and sign-ins that are not completed.</summary>
    public static void Restamp(DbTransaction transaction, string id) => transaction.Noting(Of(id)).ExecuteOne(
        "UPDATE accounts SET security_stamp = @stamp WHERE id = @id", new { id, stamp = NewStamp() });

    /// <returns>The number of failures including this one.</returns>
    public static int CountFailure(DbTransaction transaction, string id)
    {
        transaction.ExecuteOne("UPDATE accounts SET failures = failures + 1 WHERE id = @id", new { id });
        return transaction.Connection!.QuerySingle<int>("SELECT failures FROM accounts WHERE id = @id", new { id }, transaction);
    }

    public static void ForgetFailures(DbTransaction transaction, string id) =>
        transaction.ExecuteOne("UPDATE accounts SET failures = 0 WHERE id = @id", new { id });

    public static void Lock(DbTransaction transaction, string id, DateTimeOffset? until) => transaction.ExecuteOne(
        "UPDATE accounts SET locked_until = @until WHERE id = @id", new { id, until = UnixTime.Write(until) });

    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private static Change Of(string account) => new(ChangeKind.Account, Id: account);
}
