using System.Globalization;
using System.Net;
using Dashboard.Audit;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Name and password, then the code where there is a second factor. What is wrong is never told more exactly than "name or password".</summary>
/// <remarks>Throws <see cref="Store.StoreException"/> when console.db cannot be used: then nobody signs in.</remarks>
internal sealed class SignIn(UserManager<Account> users, SignInBrake brake, PasswordCheck passwords, SecondFactor codes, Entrance entrance, AnonymousFailures failures)
{
    private static readonly SignInReply Wrong = new SignInReply.Refused("Name or password is wrong.");
    private static readonly SignInReply Busy = new SignInReply.Refused("Too many people are signing in at this moment. Try again in a few seconds.", TimeSpan.FromSeconds(5));

    public async Task<SignInReply> WithPasswordAsync(string name, string password, IPAddress? address, CancellationToken cancel)
    {
        var account = AccountNames.AreFit(name) ? await users.FindByNameAsync(name) : null;
        if (await BrakeAsync(name, account, address, cancel) is { } wait)
        {
            return wait;
        }

        if (await passwords.MatchesAsync(account, password.Length <= PasswordRules.Most ? password : "") is not { } matches)
        {
            return Busy;
        }

        if (!matches || account!.DisabledAt is not null)
        {
            failures.Note(address?.ToString(), "sign-in", "name or password wrong");
            return matches ? new SignInReply.Refused("This account is disabled. An owner can enable it.") : Wrong;
        }

        brake.Forgive(name, address);
        return account.TwoFactor ? new SignInReply.CodeNeeded(codes.TicketOf(account)) : await WelcomeAsync(account, address, "password", cancel);
    }

    public async Task<SignInReply> WithCodeAsync(string ticket, string code, IPAddress? address, CancellationToken cancel)
    {
        if (await codes.AccountOfAsync(ticket) is not { DisabledAt: null } account)
        {
            return new SignInReply.Refused("That took longer than five minutes. Begin again.");
        }

        if (await BrakeAsync($"{account.Name} code", account, address, cancel) is { } wait)
        {
            return wait;
        }

        if (!await codes.AcceptsAsync(account, code, await entrance.KnowsAsync(account, address, cancel)))
        {
            failures.Note(address?.ToString(), "sign-in", "code wrong");
            return new SignInReply.CodeNeeded(ticket, "That code is wrong, or was used before. Wait for the next one.");
        }

        brake.Forgive($"{account.Name} code", address);
        return await WelcomeAsync(account, address, "password and code", cancel);
    }

    private async Task<SignInReply?> BrakeAsync(string name, Account? account, IPAddress? address, CancellationToken cancel)
    {
        if (brake.TryBegin(name, address, await entrance.KnowsAsync(account, address, cancel)) is not { } wait)
        {
            return null;
        }

        failures.Note(address?.ToString(), "sign-in", "slowed down");
        return new SignInReply.Refused($"Too many attempts. Wait {Words(wait)}, then try again.", wait);
    }

    private async Task<SignInReply> WelcomeAsync(Account account, IPAddress? address, string how, CancellationToken cancel) =>
        await entrance.LetInAsync(account, address, how, cancel) is { } person ? new SignInReply.Welcome(person) : new SignInReply.Refused(AccountChanges.Changed);

    private static string Words(TimeSpan wait) => wait < TimeSpan.FromSeconds(91)
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalSeconds):0} seconds")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(wait.TotalMinutes):0} minutes");
}
