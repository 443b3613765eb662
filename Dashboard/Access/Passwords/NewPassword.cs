using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Checks a chosen password against the rules, and hashes it. Both occupy a core for a while: one person at a time, and a few wait.
/// </summary>
internal sealed class NewPassword(HashingLimiter limiter, IPasswordHasher<Account> hasher)
{
    /// <param name="holder">The account or link. Only one password of each is checked or waits at a time; for another, the console is
    /// busy.</param>
    /// <returns>The hash; or what is wrong with the password, for the person.</returns>
    /// <exception cref="OperationCanceledException">The person left while waiting.</exception>
    public async Task<(string? Hash, string? Fault)> HashAsync(string holder, Account account, string password, CancellationToken cancel)
    {
        var (ran, made) = await limiter.ChooseAsync(holder, () => Task.FromResult(Hash(account, password)), cancel);
        return ran ? made : (null, PasswordCheck.Busy);
    }

    private (string? Hash, string? Fault) Hash(Account account, string password) =>
        PasswordRules.FaultOf(password, account.Name) is { } fault ? (null, fault) : (hasher.HashPassword(account, password), null);
}
