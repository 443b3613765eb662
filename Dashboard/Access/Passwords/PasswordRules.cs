using Dashboard.Access.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access.Passwords;

/// <summary>
/// Requires a password that is long and not among the first that are guessed. Digits and signs are not required: that makes passwords worse
/// (NIST SP 800-63B).
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 12;

    /// <summary>The maximum length: hashing and evaluating take longer for longer passwords, and people do not type more.</summary>
    public const int MaxLength = 128;

    /// <summary>The minimum score of 0 to 4: more than 10^10 guesses.</summary>
    private const int MinScore = 3;

    /// <summary>The evaluator, kept because reading its six word lists takes longer than evaluating most passwords.</summary>
    private static readonly Lazy<Zxcvbn.Zxcvbn> Evaluator = new(() => new());

    /// <summary>Returns what is wrong with a password, for the person who chose it; null when it is accepted.</summary>
    /// <remarks>
    /// The whole password is evaluated: in a part, a word that is cut would look random, and a password that begins weakly may be strong
    /// further on. In the worst case, 128 characters that may be read as letters in several ways, that takes a tenth of a second of a core.
    /// Callers must be limited: <see cref="NewPassword"/>.
    /// </remarks>
    public static string? FaultOf(string password, string name) =>
        password.Length < MinLength
            ? $"The password has {password.Length} characters; it needs at least {MinLength}. A few words in a row are easy to remember."
        : password.Length > MaxLength ? $"The password is longer than {MaxLength} characters."
        : Evaluator.Value.EvaluatePassword(password, [name, "dashboard", "valkey", "redis"]).Score < MinScore
            ? "This password would be guessed early. Use a few words in a row that do not belong together."
        : null;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        FaultOf(password ?? "", user.Name) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault })
            : IdentityResult.Success);
}
