using System.Data.Common;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Storage;

namespace Dashboard.Access.Invitations;

/// <summary>
/// Keeps one-time links by which a person chooses a password: the first owner, an invited person, a person who forgot it.
/// </summary>
/// <remarks>All methods throw <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class InvitationStore(IConsoleStore store, TimeProvider time)
{
    /// <summary>How long the first owner's link is valid: it is on a screen that a person reads.</summary>
    public static readonly TimeSpan FirstOwner = TimeSpan.FromMinutes(30);

    /// <summary>How long an invited person's link is valid: they may be asleep.</summary>
    public static readonly TimeSpan Invited = TimeSpan.FromHours(24);

    /// <summary>How long expired links, which open nothing, are kept before they are deleted.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    /// <summary>Makes a link; earlier ones for the same account become void.</summary>
    /// <param name="account">Null for the first owner, whose account does not exist yet.</param>
    /// <returns>The secret for the link; only its hash is stored.</returns>
    public string Make(DbTransaction transaction, string? account, string madeBy)
    {
        var secret = RandomSecret.New();
        Void(transaction, account);
        // Not counted: those expired long ago, whether they are still here or not.
        transaction.Connection!.Execute(
            "DELETE FROM invitations WHERE until < @before", new { before = (time.GetUtcNow() - Retention).ToUnixTimeMilliseconds() },
            transaction);
        transaction.ExecuteOne(
            "INSERT INTO invitations (hash, account, made_by, until) VALUES (@hash, @account, @madeBy, @until)",
            new
            {
                hash = RandomSecret.HashOf(secret),
                account,
                madeBy,
                until = (time.GetUtcNow() + (account is null ? FirstOwner : Invited)).ToUnixTimeMilliseconds()
            });
        return secret;
    }

    /// <param name="account">Null for the first owner's links.</param>
    public static void Void(DbTransaction transaction, string? account) =>
        transaction.ExecuteCounted(
            "SELECT count(*) FROM invitations WHERE account IS NOT DISTINCT FROM @account",
            "DELETE FROM invitations WHERE account IS NOT DISTINCT FROM @account",
            new { account });

    /// <summary>Finds a valid link without using it up.</summary>
    public Task<Invitation?> FindAsync(string secret, CancellationToken cancel) =>
        store.ReadAsync(connection => Find(connection, secret), cancel);

    /// <returns>False when it was used or expired in this moment.</returns>
    public bool TryUse(DbTransaction transaction, string secret) => transaction.ExecuteCounted(
        "SELECT count(*) FROM invitations WHERE hash = @hash AND used_at IS NULL AND until > @now",
        "UPDATE invitations SET used_at = @now WHERE hash = @hash",
        new { hash = RandomSecret.HashOf(secret), now = time.GetUtcNow().ToUnixTimeMilliseconds() }) == 1;

    private Invitation? Find(DbConnection connection, string secret)
    {
        var row = connection.QuerySingleOrDefault<(string? Account, long Until)>(
            "SELECT account, until FROM invitations WHERE hash = @hash AND used_at IS NULL AND until > @now",
            new { hash = RandomSecret.HashOf(secret), now = time.GetUtcNow().ToUnixTimeMilliseconds() });
        return row.Until == 0 || (row.Account is null && AccountTable.CountOwners(connection) > 0)
            ? null
            : new(
                row.Account is null ? null : AccountTable.Find(connection, row.Account),
                DateTimeOffset.FromUnixTimeMilliseconds(row.Until));
    }
}
