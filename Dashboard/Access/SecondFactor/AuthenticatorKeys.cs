using System.Security.Cryptography;
using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.Access.SecondFactor;

/// <summary>
/// Keys of authenticators, encrypted: those in use for console.db, those only offered for a field of the form that shows them.
/// </summary>
internal sealed class AuthenticatorKeys(IDataProtectionProvider protection)
{
    /// <summary>To find the phone and scan.</summary>
    private static readonly TimeSpan Offered = TimeSpan.FromMinutes(30);

    private readonly IDataProtector _kept = protection.CreateProtector("Dashboard.Access.AuthenticatorKey");
    private readonly ITimeLimitedDataProtector _offered = protection.CreateProtector("Dashboard.Access.OfferedKey")
        .ToTimeLimitedDataProtector();

    public string Protect(string key) => _kept.Protect(key);

    /// <returns>Null when there is none, or when the console's keys are not those it was encrypted with; the owner then resets the second
    /// factor.</returns>
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

    /// <summary>A new key for the account. Nothing is kept of it here: the form brings it back.</summary>
    /// <returns>The key in base 32, and what goes into the form.</returns>
    public (string Key, string Field) Offer(Account account)
    {
        var key = AuthenticatorCode.NewKey();
        return (key, _offered.Protect($"{account.Id} {key}", Offered));
    }

    /// <param name="field">As the form brought it.</param>
    /// <returns>Null when it was not offered to this account, or too long ago.</returns>
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
