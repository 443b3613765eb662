using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Judges a password that somebody chose, and hashes it. Both take a core for a while: one person at a time, a few waiting.
/// </summary>
internal sealed class NewPassword(HashingLimiter limiter, IPasswordHasher<Account> hasher)
{
    /// <param name="holder">Of the account or link; one password of each is judged or waits at a time, and another meets a busy
    /// console.</param>
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
