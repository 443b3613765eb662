using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Long, and not among the first that are guessed. Neither digits nor signs are asked for: they make passwords worse, not better (NIST SP
/// 800-63B).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Least = 12;

    /// <summary>Hashing and judging cost by length; nobody types more.</summary>
    public const int Most = 128;

    /// <summary>Of 0 to 4: guessed in more than 10^10 tries.</summary>
    private const int LeastScore = 3;

    /// <summary>Kept, with its six word lists: reading those takes longer than judging most passwords.</summary>
    private static readonly Lazy<Zxcvbn.Zxcvbn> Judge = new(() => new());

    /// <summary>What is wrong with a password, for the person who chose it; null when it may be taken.</summary>
    /// <remarks>
    /// All of it is judged: of a part alone, a word that is cut would seem to be chosen at random, and one that begins weakly may be strong
    /// further on. That takes a tenth of a second of a core at worst, for 128 characters that may be read as letters in several ways. It is
    /// not for callers without limit: <see cref="NewPassword"/>.
    /// </remarks>
    public static string? FaultOf(string password, string name) =>
        password.Length < Least
            ? $"The password has {password.Length} characters; {Least} is the least. A few words in a row are easy to remember."
        : password.Length > Most ? $"The password is longer than {Most} characters."
        : Judge.Value.EvaluatePassword(password, [name, "dashboard", "valkey", "redis"]).Score < LeastScore
            ? "The password is among the first that would be guessed. Use a few words in a row that nobody would put together."
        : null;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        FaultOf(password ?? "", user.Name) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault })
            : IdentityResult.Success);
}
