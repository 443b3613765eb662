using System.Data.Common;
using System.Net;
using System.Security.Claims;
using Dashboard.Access.Accounts;
using Dashboard.Access.Passwords;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Administration;

/// <summary>
/// What people change about their own account: password and second factor. Every change requires the present password and ends their other
/// sessions.
/// </summary>
/// <remarks>All methods throw <see cref="StoreException"/> when the file cannot be used.</remarks>
internal sealed class AccountSelfService(
    UserManager<Account> users, PasswordCheck passwords, NewPassword chosen, SignInThrottle throttle, AuthenticatorKeys keys,
    AuditTrail audit, IConsoleStore store, TimeProvider time)
{
    private const string WrongPassword = "That is not your current password, or it was tried too often. Wait a moment, then try again.";

    public Task<Account?> FindAsync(ClaimsPrincipal person) => users.FindByIdAsync(person.AccountId() ?? "");

    /// <returns>What is wrong, for the person; null when it is done.</returns>
    public async Task<string?> ChangePasswordAsync(
        ClaimsPrincipal person, string present, string wanted, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return wrong;
        }

        var (hash, fault) = await chosen.HashAsync(account.Id, account, wanted, cancel);
        if (hash is null)
        {
            return fault;
        }

        var what = new AuditEvent("account.password", account.Name, address) { Subject = account.Name };
        return await WriteAsync(person, what, (transaction, stamp) => AccountChanges.SetPassword(transaction, account, hash, stamp), cancel)
            ? null
            : AccountChanges.Changed;
    }

    /// <param name="field">The key, as <see cref="AuthenticatorKeys.Offer"/> put it into the form.</param>
    /// <returns>The recovery codes, which cannot be shown again; or what is wrong.</returns>
    public async Task<(IReadOnlyList<string>? Codes, string? Fault)> EnableAsync(
        ClaimsPrincipal person, string present, string field, string code, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return (null, wrong);
        }

        if (keys.Taken(account, field) is not { } key)
        {
            return (null, "That key was shown too long ago. Remove it from your authenticator and scan the new one.");
        }

        if (AuthenticatorCode.StepOf(key, string.Concat(code.Where(char.IsAsciiDigit)), time.GetUtcNow()) is not { } step)
        {
            return (null, "That code is wrong. Check your phone's clock, then try the next code.");
        }

        IReadOnlyList<string> codes = [];
        var done = await WriteAsync(person, Factor(account, address, "on"), (transaction, stamp) =>
        {
            codes = RecoveryCodes.Renew(transaction, account.Id);
            return AccountChanges.SetSecondFactor(transaction, account, keys.Protect(key), step, stamp);
        }, cancel);
        return done ? (codes, null) : (null, AccountChanges.Changed);
    }

    /// <returns>What is wrong, for the person; null when it is done.</returns>
    public async Task<string?> DisableAsync(ClaimsPrincipal person, string present, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is null)
        {
            return wrong;
        }

        var done = await WriteAsync(person, Factor(account, address, "off"), (transaction, stamp) =>
        {
            RecoveryCodes.Void(transaction, account.Id);
            return AccountChanges.SetSecondFactor(transaction, account, null, null, stamp);
        }, cancel);
        return done ? null : AccountChanges.Changed;
    }

    /// <summary>Makes new recovery codes; the earlier ones become void.</summary>
    /// <returns>The codes, which cannot be shown again; or what is wrong.</returns>
    public async Task<(IReadOnlyList<string>? Codes, string? Fault)> RenewCodesAsync(
        ClaimsPrincipal person, string present, string? address, CancellationToken cancel)
    {
        var (account, wrong) = await ProvenAsync(person, present, address, cancel);
        if (account is not { TwoFactor: true })
        {
            return (null, account is null ? wrong : "The second factor is off, so there are no recovery codes.");
        }

        IReadOnlyList<string> codes = [];
        var done = await WriteAsync(person, Factor(account, address, "new recovery codes"), (transaction, stamp) =>
        {
            codes = RecoveryCodes.Renew(transaction, account.Id);
            return AccountChanges.SetStamp(transaction, account, stamp);
        }, cancel);
        return done ? (codes, null) : (null, AccountChanges.Changed);
    }

    /// <returns>How many recovery codes of the account were not used yet.</returns>
    public Task<int> CodesLeftAsync(Account account, CancellationToken cancel) =>
        store.ReadAsync(connection => RecoveryCodes.Left(connection, account.Id), cancel);

    private static AuditEvent Factor(Account account, string? address, string detail) =>
        new("account.second-factor", account.Name, address) { Subject = account.Name, Detail = detail };

    private async Task<(Account? Account, string Wrong)> ProvenAsync(
        ClaimsPrincipal person, string present, string? address, CancellationToken cancel)
    {
        var account = await FindAsync(person);
        var attempt =
            new ThrottleAttempt(
                ThrottleKind.Confirm, account?.Name ?? "", IPAddress.TryParse(address, out var from) ? from : null, Known: true);
        if (account is null || throttle.TryBegin(attempt) is not null)
        {
            return (null, WrongPassword);
        }

        switch (await passwords.MatchesAsync(account, present.Length <= PasswordRules.MaxLength ? present : "", known: true, cancel))
        {
            case true:
                throttle.Forgive(attempt);
                return (account, "");
            case false:
                return (null, WrongPassword);
            default:
                throttle.Withdraw(attempt);
                return (null, PasswordCheck.Busy);
        }
    }

    /// <param name="change">Receives the account's new security stamp. Returns false when the account is not what was read; then nothing is
    /// changed.</param>
    private Task<bool> WriteAsync(
        ClaimsPrincipal person, AuditEvent what, Func<DbTransaction, string, bool> change,
        CancellationToken cancel) => audit.WriteAsync<bool>(
        transaction =>
        {
            var stamp = AccountChanges.NewStamp();
            transaction.Save("change");
            if (!change(transaction, stamp) || !SessionStore.Keep(transaction, person.SessionId()!, stamp))
            {
                transaction.Rollback("change");
                return (false, what with { Result = AuditResult.Refused, Detail = AccountChanges.Changed });
            }

            return (true, what);
        }, cancel);
}
