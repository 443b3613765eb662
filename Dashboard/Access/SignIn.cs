using System.Globalization;
using System.Net;
using Dashboard.Audit.Aggregation;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Name and password, then the code where there is a second factor. What is wrong is never told more exactly than "name or password".</summary>
/// <remarks>Throws <see cref="Storage.StoreException"/> when console.db cannot be used: then nobody signs in.</remarks>
internal sealed class SignIn(UserManager<Account> users, SignInBrake brake, PasswordCheck passwords, SecondFactor codes, Entrance entrance, AnonymousFailures failures)
{
    private static readonly SignInReply Wrong = new SignInReply.Refused("Name or password is wrong.");
    private static readonly SignInReply Busy = new SignInReply.Refused(PasswordCheck.Busy, TimeSpan.FromSeconds(5));

    /// <param name="browser">What the browser shows of a sign-in before.</param>
    public async Task<SignInReply> WithPasswordAsync(string name, string password, IPAddress? address, CancellationToken cancel, KnownBrowser? browser = null)
    {
        var account = AccountNames.AreFit(name) ? await users.FindByNameAsync(name) : null;
        var attempt = await TryOfAsync(BrakeKind.Password, name, account, address, browser, cancel);
        if (WaitOf(attempt, account) is { } wait)
        {
            return wait;
        }

        if (await passwords.MatchesAsync(account, password.Length <= PasswordRules.Most ? password : "", attempt.Known, cancel) is not { } matches)
        {
            brake.Withdraw(attempt);
            return Busy;
        }

        if (!matches || account!.DisabledAt is not null)
        {
            failures.Note(address?.ToString(), "sign-in", "name or password wrong", account?.Name);
            return matches ? new SignInReply.Refused("This account is disabled. An owner can enable it.") : Wrong;
        }

        brake.Forgive(attempt);
        return account.TwoFactor ? new SignInReply.CodeNeeded(codes.TicketOf(account)) : await WelcomeAsync(account, address, "password", cancel);
    }

    public async Task<SignInReply> WithCodeAsync(string ticket, string code, IPAddress? address, CancellationToken cancel, KnownBrowser? browser = null)
    {
        if (await codes.AccountOfAsync(ticket) is not { DisabledAt: null } account)
        {
            return new SignInReply.Refused("That took longer than five minutes. Begin again.");
        }

        var attempt = await TryOfAsync(BrakeKind.Code, account.Name, account, address, browser, cancel);
        if (WaitOf(attempt, account) is { } wait)
        {
            return wait;
        }

        if (!await codes.AcceptsAsync(account, code, attempt.Known))
        {
            failures.Note(address?.ToString(), "sign-in", "code wrong", account.Name);
            return new SignInReply.CodeNeeded(ticket, "That code is wrong, or was used before. Wait for the next one.");
        }

        brake.Forgive(attempt);
        return await WelcomeAsync(account, address, "password and code", cancel);
    }

    private async Task<BrakeTry> TryOfAsync(BrakeKind kind, string name, Account? account, IPAddress? address, KnownBrowser? browser, CancellationToken cancel)
    {
        var own = account is not null && browser?.Account == account.Id ? browser.Id : null;
        return new(kind, name, address, own is not null || await entrance.KnowsAsync(account, address, cancel), own);
    }

    private SignInReply.Refused? WaitOf(BrakeTry attempt, Account? account)
    {
        if (brake.TryBegin(attempt) is not { } wait)
        {
            return null;
        }

        failures.Note(attempt.Address?.ToString(), "sign-in", "slowed down", account?.Name);
        return new SignInReply.Refused($"Too many attempts. Wait {Words(wait)}, then try again.", wait);
    }

    private async Task<SignInReply> WelcomeAsync(Account account, IPAddress? address, string how, CancellationToken cancel) =>
        await entrance.LetInAsync(account, address, how, cancel) is { } person ? new SignInReply.Welcome(person) : new SignInReply.Refused(AccountChanges.Changed);

    private static string Words(TimeSpan wait) => wait < TimeSpan.FromSeconds(91)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes):0} minutes");
}
