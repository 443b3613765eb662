using System.Net;
using System.Security.Claims;
using Dashboard.Audit;
using Dashboard.Store;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>What people do to their own account: password and second factor. Every change takes the present password and ends their other sessions.</summary>
/// <remarks>All methods throw <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class OwnAccount(UserManager<Account> users, IUserStore<Account> store, PasswordCheck passwords, SignInBrake brake, AuditTrail audit)
{
    private const int RecoveryCodes = 10;

    public Task<Account?> FindAsync(ClaimsPrincipal person) => users.FindByIdAsync(person.AccountId() ?? "");

    /// <returns>What is wrong, for the person; null when it is done.</returns>
    public async Task<string?> ChangePasswordAsync(ClaimsPrincipal person, string present, string wanted, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return wrong;
        }

        if (PasswordRules.FaultOf(wanted, account.Name) is { } fault)
        {
            return fault;
        }

        account.PasswordHash = users.PasswordHasher.HashPassword(account, wanted);
        await WriteAsync(person, account, new AuditEvent("account.password", account.Name, address) { Subject = account.Name }, cancel);
        return null;
    }

    /// <summary>A key for the authenticator, kept but not asked for until <see cref="EnableAsync"/> has seen a code of it.</summary>
    /// <returns>In base 32.</returns>
    public async Task<string> KeyAsync(Account account, CancellationToken cancel)
    {
        var keys = (IUserAuthenticatorKeyStore<Account>)store;
        if (await keys.GetAuthenticatorKeyAsync(account, cancel) is { } known)
        {
            return known;
        }

        var key = users.GenerateNewAuthenticatorKey();
        await keys.SetAuthenticatorKeyAsync(account, key, cancel);
        await store.UpdateAsync(account, cancel);
        return key;
    }

    /// <returns>Recovery codes, which nobody can be shown again; or what is wrong.</returns>
    public async Task<(IReadOnlyList<string>? Codes, string? Fault)> EnableAsync(ClaimsPrincipal person, string present, string code, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return (null, wrong);
        }

        var digits = string.Concat(code.Where(char.IsAsciiDigit));
        if (!await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, digits))
        {
            return (null, "That code is wrong. Is the clock of your phone right? Try the next one.");
        }

        account.TwoFactor = true;
        await WriteAsync(person, account, new AuditEvent("account.second-factor", account.Name, address) { Subject = account.Name, Detail = "on" }, cancel);
        return ([.. await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes) ?? []], null);
    }

    /// <returns>What is wrong, for the person; null when it is done.</returns>
    public async Task<string?> DisableAsync(ClaimsPrincipal person, string present, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return wrong;
        }

        (account.TwoFactor, account.AuthenticatorKey) = (false, null);
        await WriteAsync(person, account, new AuditEvent("account.second-factor", account.Name, address) { Subject = account.Name, Detail = "off" }, cancel);
        return null;
    }

    private const string WrongPassword = "That is not your present password, or it was tried too often. Wait a moment.";

    private async Task<(Account? Account, string Wrong)> ProvenAsync(ClaimsPrincipal person, string present, string? address, CancellationToken cancel)
    {
        var account = await FindAsync(person);
        var attempt = new BrakeTry(BrakeKind.Confirm, account?.Name ?? "", IPAddress.TryParse(address, out var from) ? from : null, Known: true);
        if (account is null || brake.TryBegin(attempt) is not null)
        {
            return (null, WrongPassword);
        }

        switch (await passwords.MatchesAsync(account, present.Length <= PasswordRules.Most ? present : "", known: true, cancel))
        {
            case true:
                brake.Forgive(attempt);
                return (account, "");
            case false:
                return (null, WrongPassword);
            default:
                brake.Withdraw(attempt);
                return (null, PasswordCheck.Busy);
        }
    }

    private async Task WriteAsync(ClaimsPrincipal person, Account account, AuditEvent what, CancellationToken cancel)
    {
        account.SecurityStamp = Guid.NewGuid().ToString("N");
        await audit.WriteAsync(
            what,
            transaction =>
            {
                AccountTable.Update(transaction, account);
                SessionBook.Keep(transaction, person.SessionId()!, account.SecurityStamp);
                return true;
            }, cancel);
    }
}
