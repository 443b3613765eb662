using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>Checks a password. It takes as long for a name without an account as for one with an account.</summary>
internal sealed class PasswordCheck(UserManager<Account> users, HashingLimiter limiter, DummyPasswordHash dummy)
{
    /// <summary>The answer when nothing was checked; the attempt does not count.</summary>
    public const string Busy = "The console is busy; try again in a few seconds.";

    private static readonly Account NoAccount = new() { Name = "nobody" };

    /// <param name="known">The person is signed in, or comes from where the account came from before: strangers do not take their
    /// place.</param>
    /// <returns>Null when too many passwords are being checked already.</returns>
    public async Task<bool?> MatchesAsync(Account? account, string password, bool known, CancellationToken cancel)
    {
        var (ran, matches) = await limiter.RunAsync(known, async () => account?.PasswordHash is null
            ? Refuse(password)
            : await users.CheckPasswordAsync(account, password), cancel);
        return ran ? matches : null;
    }

    private bool Refuse(string password)
    {
        users.PasswordHasher.VerifyHashedPassword(NoAccount, dummy.Value, password);
        return false;
    }
}
