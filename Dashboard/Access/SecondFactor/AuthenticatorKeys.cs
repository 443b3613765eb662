using System.Security.Cryptography;
using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Access.SecondFactor;

/// <summary>
/// Encrypts keys of authenticators: those in use for console.db, those only offered for a field of the form that shows them.
/// </summary>
internal sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    /// <summary>How long an offered key is valid: time to find the phone and scan.</summary>
    private static readonly TimeSpan Offered = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _kept = protection.CreateProtector("Dashboard.Access.AuthenticatorKey");
    private readonly ITimeLimitedDataProtector _offered = protection.CreateProtector("Dashboard.Access.OfferedKey")
        .ToTimeLimitedDataProtector();

    public string Protect(string key) => _kept.Protect(key);

    /// <returns>The key; null when there is none, or when it was encrypted with other keys than the console has now: an owner then resets
    /// the second factor.</returns>
    public string? KeyOf(Account account)
    {
        try
        {
            return account.AuthenticatorKey is { } key ? _kept.Unprotect(key) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Makes a new key for the account. Nothing is stored: the form brings it back.</summary>
    /// <returns>The key in base 32, and the value of the form's field.</returns>
    public (string Key, string Field) Offer(Account account)
    {
        var key = AuthenticatorCode.NewKey();
        return (key, _offered.Protect($"{account.Id} {key}", Offered));
    }

    /// <param name="field">The value that the form brought back.</param>
    /// <returns>The key; null when it was not offered to this account, or too long ago.</returns>
    public string? Taken(Account account, string field)
    {
        try
        {
            return _offered.Unprotect(field).Split(' ') is [var id, var key] && id == account.Id ? key : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
