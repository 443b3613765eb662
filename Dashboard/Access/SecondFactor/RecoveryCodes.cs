using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Dashboard.Storage;

namespace Dashboard.Access.SecondFactor;

/// <summary>Recovery codes on paper for a person who lost the authenticator: each is accepted once, and only its hash is stored.</summary>
internal static class RecoveryCodes
{
    /// <summary>How many a person gets at once.</summary>
    public const int Count = 10;

    /// <summary>Characters that cannot be confused, without vowels, so that they make no words.</summary>
    private const string Letters = "23456789BCDFGHJKMNPQRTVWXY";

    /// <summary>Makes new codes; earlier ones become void.</summary>
    /// <returns>The codes, which cannot be shown again.</returns>
    public static IReadOnlyList<string> Renew(DbTransaction transaction, string account)
    {
        string[] codes =
            [.. Enumerable.Range(0, Count)
                .Select(_ => $"{RandomNumberGenerator.GetString(Letters, 5)}-{RandomNumberGenerator.GetString(Letters, 5)}")];
        Void(transaction, account);
        foreach (var code in codes)
        {
            transaction.ExecuteOne(
                "INSERT INTO recovery_codes (account, hash) VALUES (@account, @hash)", new { account, hash = HashOf(code) });
        }

        return codes;
    }

    public static void Void(DbTransaction transaction, string account) =>
        transaction.ExecuteCounted(
            "SELECT count(*) FROM recovery_codes WHERE account = @account", "DELETE FROM recovery_codes WHERE account = @account",
            new { account });

    /// <returns>How many codes of the account were not used yet.</returns>
    public static int Left(DbConnection connection, string account) =>
        connection.ExecuteScalar<int>("SELECT count(*) FROM recovery_codes WHERE account = @account", new { account });

    /// <returns>False for an unknown or used code.</returns>
    public static bool Redeem(DbTransaction transaction, string account, string code) => transaction.ExecuteCounted(
        "SELECT count(*) FROM recovery_codes WHERE account = @account AND hash = @hash",
        "DELETE FROM recovery_codes WHERE account = @account AND hash = @hash",
        new { account, hash = HashOf(code) }) == 1;

    /// <summary>Hashes a code without its case and dashes, because it is typed from paper.</summary>
    private static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()));
}
