using Microsoft.AspNetCore.Identity;

namespace Dashboard.Access;

/// <summary>Long, and not among the first that are guessed. Neither digits nor signs are asked for: they make passwords worse, not better (NIST SP 800-63B).</summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int Least = 12;

    /// <summary>Hashing costs by length; nobody types more.</summary>
    public const int Most = 128;

    /// <summary>Of 0 to 4: guessed in more than 10^8 tries.</summary>
    private const int LeastScore = 3;

    /// <summary>Estimating takes quadratic time, and a password does not get weaker at its end.</summary>
    private const int Estimated = 64;

    public static string? FaultOf(string password, string name) =>
        password.Length < Least ? $"The password has {password.Length} characters; {Least} is the least. A few words in a row are easy to remember."
        : password.Length > Most ? $"The password is longer than {Most} characters."
        : Zxcvbn.Zxcvbn.MatchPassword(password[..Math.Min(password.Length, Estimated)], [name, "dashboard", "valkey", "redis"]).Score < LeastScore
            ? "The password is among the first that would be guessed. Use a few words in a row that nobody would put together."
        : null;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) => Task.FromResult(
        FaultOf(password ?? "", user.Name) is { } fault ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = fault }) : IdentityResult.Success);
}
