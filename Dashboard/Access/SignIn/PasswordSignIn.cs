using System.Globalization;
using System.Net;
using Dashboard.Access.Accounts;
using Dashboard.Access.Passwords;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Audit.Aggregation;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.SignIn;

/// <summary>
/// Signs a person in by name and password, then by a code where there is a second factor. A failure is never reported more exactly than
/// "name or password".
/// </summary>
/// <remarks>Throws <see cref="Storage.StoreException"/> when console.db cannot be used: then no one signs in.</remarks>
internal sealed class PasswordSignIn(
    UserManager<Account> users, SignInThrottle throttle, PasswordCheck passwords, SecondFactorCheck codes, SessionIssuer issuer,
    AnonymousFailures failures)
{
    private static readonly SignInOutcome Wrong = new SignInOutcome.Refused("Name or password is wrong.");
    private static readonly SignInOutcome Busy = new SignInOutcome.Refused(PasswordCheck.Busy, TimeSpan.FromSeconds(5));

    /// <param name="device">The mark of the browser from an earlier sign-in; null for none.</param>
    public async Task<SignInOutcome> WithPasswordAsync(
        string name, string password, IPAddress? address, CancellationToken cancel, DeviceCookie? device = null)
    {
        var account = AccountNames.AreFit(name) ? await users.FindByNameAsync(name) : null;
        var attempt = await AttemptOfAsync(ThrottleKind.Password, name, account, address, device, cancel);
        if (WaitOf(attempt, account) is { } wait)
        {
            return wait;
        }

        if (await passwords.MatchesAsync(
            account, password.Length <= PasswordRules.MaxLength ? password : "", attempt.Known, cancel) is not { } matches)
        {
            throttle.Withdraw(attempt);
            return Busy;
        }

        if (!matches || account!.DisabledAt is not null)
        {
            failures.Note(address?.ToString(), "sign-in", "name or password wrong", account?.Name);
            return matches ? new SignInOutcome.Refused("This account is disabled. An owner can enable it.") : Wrong;
        }

        throttle.Forgive(attempt);
        return account.TwoFactor
            ? new SignInOutcome.CodeNeeded(codes.TicketOf(account))
            : await WelcomeAsync(account, address, "password", cancel);
    }

    public async Task<SignInOutcome> WithCodeAsync(
        string ticket, string code, IPAddress? address, CancellationToken cancel, DeviceCookie? device = null)
    {
        if (await codes.AccountOfAsync(ticket) is not { DisabledAt: null } account)
        {
            return new SignInOutcome.Refused("That took longer than five minutes. Start again.");
        }

        var attempt = await AttemptOfAsync(ThrottleKind.Code, account.Name, account, address, device, cancel);
        if (WaitOf(attempt, account) is { } wait)
        {
            return wait;
        }

        if (!await codes.AcceptsAsync(account, code, attempt.Known))
        {
            failures.Note(address?.ToString(), "sign-in", "code wrong", account.Name);
            return new SignInOutcome.CodeNeeded(ticket, "That code is wrong or was already used. Wait for the next one.");
        }

        throttle.Forgive(attempt);
        return await WelcomeAsync(account, address, "password and code", cancel);
    }

    private async Task<ThrottleAttempt> AttemptOfAsync(
        ThrottleKind kind, string name, Account? account, IPAddress? address, DeviceCookie? device, CancellationToken cancel)
    {
        var own = account is not null && device?.Account == account.Id ? device.Id : null;
        return new(kind, name, address, own is not null || await issuer.KnowsAsync(account, address, cancel), own);
    }

    private SignInOutcome.Refused? WaitOf(ThrottleAttempt attempt, Account? account)
    {
        if (throttle.TryBegin(attempt) is not { } wait)
        {
            return null;
        }

        failures.Note(attempt.Address?.ToString(), "sign-in", "slowed down", account?.Name);
        return new SignInOutcome.Refused($"Too many attempts. Wait {WaitText(wait)}, then try again.", wait);
    }

    private async Task<SignInOutcome> WelcomeAsync(Account account, IPAddress? address, string how, CancellationToken cancel) =>
        await issuer.LetInAsync(account, address, how, cancel) is { } person
            ? new SignInOutcome.Welcome(person)
            : new SignInOutcome.Refused(AccountChanges.Changed);

    private static string WaitText(TimeSpan wait) => wait < TimeSpan.FromSeconds(91)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes):0} minutes");
}
