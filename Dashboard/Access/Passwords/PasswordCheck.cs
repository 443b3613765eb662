using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>Checks a password, taking as long for a name nobody has as for one that somebody has.</summary>
internal sealed class PasswordCheck(UserManager<Account> users, HashingLimiter limiter, DummyPasswordHash nobody)
{
    /// <summary>For the person: nothing was checked, and nothing counts.</summary>
    public const string Busy = "The console is busy; try again in a few seconds.";

    private static readonly Account Nobody = new() { Name = "nobody" };

    /// <param name="known">Somebody signed in, or from where the account came from before: strangers do not take their place.</param>
    /// <returns>Null when too many are being checked already.</returns>
    public async Task<bool?> MatchesAsync(Account? account, string password, bool known, CancellationToken cancel)
    {
        var (ran, matches) = await limiter.RunAsync(known, async () => account?.PasswordHash is null
            ? Refuse(password)
            : await users.CheckPasswordAsync(account, password), cancel);
        return ran ? matches : null;
    }

    private bool Refuse(string password)
    {
        users.PasswordHasher.VerifyHashedPassword(Nobody, nobody.Value, password);
        return false;
    }
}
