using System.Security.Cryptography;
using Dashboard.Access.Accounts;
using Dashboard.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.SecondFactor;

/// <summary>Checks the code of an authenticator (TOTP, RFC 6238) or a recovery code; each is accepted once.</summary>
internal sealed class SecondFactorCheck(
    UserManager<Account> users, AuthenticatorKeys keys, IConsoleStore store, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>The longest time between the password and the code.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _tickets = protection.CreateProtector("Dashboard.Access.SecondFactor")
        .ToTimeLimitedDataProtector();

    /// <summary>Makes a ticket that stands for a correct password, so that the password need not be sent twice.</summary>
    public string TicketOf(Account account) => _tickets.Protect($"{account.Id} {account.SecurityStamp}", Step);

    /// <returns>The account whose password was correct a moment ago; null when the ticket is invalid or too old.</returns>
    public async Task<Account?> AccountOfAsync(string ticket)
    {
        try
        {
            return _tickets.Unprotect(ticket).Split(' ') is [var id, var stamp] && await users.FindByIdAsync(id) is { } account
                && account.SecurityStamp == stamp ? account : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <param name="known">The address or browser is known: wrong codes given elsewhere do not lock it out.</param>
    public async Task<bool> AcceptsAsync(Account account, string code, bool known)
    {
        if (!known && await users.IsLockedOutAsync(account))
        {
            return false;
        }

        if (await IsRightAsync(account, code))
        {
            await users.ResetAccessFailedCountAsync(account);
            return true;
        }

        await users.AccessFailedAsync(account);
        return false;
    }

    private Task<bool> IsRightAsync(Account account, string code)
    {
        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (digits.Length != 6 || code.Any(char.IsAsciiLetter))
        {
            return store.WriteAsync(transaction => RecoveryCodes.Redeem(transaction, account.Id, code));
        }

        var now = time.GetUtcNow();
        return keys.KeyOf(account) is { } key && AuthenticatorCode.StepOf(key, digits, now) is { } step
            ? store.WriteAsync(
                transaction =>
                    AccountChanges.TakeStep(transaction, account, step, AuthenticatorCode.StepAt(now) + AuthenticatorCode.Around))
            : Task.FromResult(false);
    }
}
