using System.Data.Common;
using Dapper;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Access.Accounts;

/// <summary>What is written to an account: each intent by a statement that touches nothing else. Checking a password takes long, and what was read before it must not go back over what an owner changed meanwhile.</summary>
internal static class AccountChanges
{
    /// <summary>For who asked for a change that met a newer one.</summary>
    public const string Changed = "The account was changed or disabled in this moment, and nothing was done. Sign in again.";

    /// <summary>Whether it still is what was read.</summary>
    private const string AsRead = "SELECT count(*) FROM accounts WHERE id = @Id AND security_stamp = @SecurityStamp AND disabled_at IS NULL";

    /// <returns>False when it was disabled, reset or signed out everywhere since it was read; so are the next three.</returns>
    public static bool SignIn(DbTransaction transaction, Account read, DateTimeOffset now) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead, "UPDATE accounts SET last_sign_in = @now WHERE id = @Id", new { now = now.ToUnixTimeMilliseconds(), read.Id, read.SecurityStamp }) == 1;

    public static bool SetPassword(DbTransaction transaction, Account read, string hash, string stamp) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead, "UPDATE accounts SET password_hash = @hash, security_stamp = @stamp WHERE id = @Id", new { hash, stamp, read.Id, read.SecurityStamp }) == 1;

    /// <param name="key">Encrypted; null turns it off.</param>
    /// <param name="step">Of the code that turned it on: that code is used up.</param>
    public static bool SetSecondFactor(DbTransaction transaction, Account read, string? key, long? step, string stamp) => transaction
        .Noting(Of(read.Id)).ExecuteCounted(
        AsRead,
        "UPDATE accounts SET two_factor = @on, authenticator_key = @key, last_step = @step, security_stamp = @stamp WHERE id = @Id",
        new { on = key is null ? 0 : 1, key, step, stamp, read.Id, read.SecurityStamp }) == 1;

    /// <summary>A code is good once, and none before it.</summary>
    /// <param name="latest">The newest step there can be now: one kept beyond it was taken before the clock was set back, and binds nobody.</param>
    public static bool TakeStep(DbTransaction transaction, Account read, long step, long latest) => transaction.ExecuteCounted(
        "SELECT count(*) FROM accounts WHERE id = @Id AND security_stamp = @SecurityStamp AND disabled_at IS NULL AND (last_step IS NULL OR last_step < @step OR last_step > @latest)",
        "UPDATE accounts SET last_step = @step WHERE id = @Id",
        new { step, latest, read.Id, read.SecurityStamp }) == 1;

    /// <summary>The same password, hashed as one hashes now; nothing where it was changed meanwhile.</summary>
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

    /// <summary>Ends what was begun under the old stamp: sessions, and sign-ins that have not come to their end.</summary>
    public static void Restamp(DbTransaction transaction, string id) => transaction.Noting(Of(id)).ExecuteOne(
        "UPDATE accounts SET security_stamp = @stamp WHERE id = @id", new { id, stamp = NewStamp() });

    /// <returns>How many there are now.</returns>
    public static int CountFailure(DbTransaction transaction, string id)
    {
        transaction.ExecuteOne("UPDATE accounts SET failures = failures + 1 WHERE id = @id", new { id });
        return transaction.Connection!.QuerySingle<int>("SELECT failures FROM accounts WHERE id = @id", new { id }, transaction);
    }

    public static void ForgetFailures(DbTransaction transaction, string id) => transaction.ExecuteOne("UPDATE accounts SET failures = 0 WHERE id = @id", new { id });

    public static void Lock(DbTransaction transaction, string id, DateTimeOffset? until) => transaction.ExecuteOne(
        "UPDATE accounts SET locked_until = @until WHERE id = @id", new { id, until = UnixTime.Write(until) });

    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private static Change Of(string account) => new(ChangeKind.Account, Id: account);
}
