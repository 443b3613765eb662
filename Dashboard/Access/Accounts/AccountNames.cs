using System.Text.RegularExpressions;

namespace Dashboard.Access.Accounts;

/// <summary>What an account may be called: a name that can stand in a log line, a URL and a CSV cell, or an e-mail address.</summary>
internal static partial class AccountNames
{
    /// <summary>The rule, as a sentence for a person.</summary>
    public const string Rule = "1 to 64 letters, digits, dots, dashes, underscores and @, a letter or digit first";

    /// <summary>Characters at most.</summary>
    public const int Most = 64;

    /// <summary>Names the audit log uses for itself: nobody's acts may look like the console's.</summary>
    private static readonly string[] Reserved = ["CONSOLE", "ANONYMOUS", "OTHERS", "SHELL"];

    public static bool AreFree(string name) => AreFit(name) && !Reserved.Contains(Plain(name));

    /// <returns>Why nobody can be called so; null when somebody can.</returns>
    public static string? FaultOf(string name) =>
        !AreFit(name) ? $"cannot be a name: use {Rule}."
        : Reserved.Contains(Plain(name)) ? "is a name that the audit log uses for itself. Choose another."
        : null;

    public static bool AreFit(string name) => Fit().IsMatch(name);

    /// <summary>The same for names that differ by case alone.</summary>
    public static string Plain(string name) => name.ToUpperInvariant();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fit();
}
