using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Storage;

namespace Dashboard.Access.SecondFactor;

/// <summary>The codes on paper for who lost the authenticator: each is good once, and kept as its hash alone.</summary>
internal static class RecoveryCodes
{
    private const int Count = 10;

    /// <summary>None that is taken for another, no vowel to make a word with.</summary>
    private const string Letters = "23456789BCDFGHJKMNPQRTVWXY";

    /// <summary>New ones; those before are void.</summary>
    /// <returns>What nobody can be shown again.</returns>
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

    /// <returns>False for one that is none, or was used.</returns>
    public static bool Redeem(DbTransaction transaction, string account, string code) => transaction.ExecuteCounted(
        "SELECT count(*) FROM recovery_codes WHERE account = @account AND hash = @hash",
        "DELETE FROM recovery_codes WHERE account = @account AND hash = @hash",
        new { account, hash = HashOf(code) }) == 1;

    /// <summary>Typed by hand from paper: neither case nor dashes matter.</summary>
    private static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().Replace("-", "", StringComparison.Ordinal).ToUpperInvariant()));
}
