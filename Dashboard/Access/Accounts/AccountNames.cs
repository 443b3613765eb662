using System.Text.RegularExpressions;

namespace Dashboard.Access.Accounts;

/// <summary>The rules for the name of an account: a name fit for a log line, a URL and a CSV cell, or an e-mail address.</summary>
internal static partial class AccountNames
{
    /// <summary>The rule, as a sentence for a person.</summary>
    public const string Rule = "1 to 64 letters, digits, dots, dashes, underscores and @, a letter or digit first";

    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Names that the audit log uses for itself: no person's acts may look like the console's.</summary>
    private static readonly string[] Reserved = ["CONSOLE", "ANONYMOUS", "OTHERS", "SHELL"];

    public static bool AreFree(string name) => AreFit(name) && !Reserved.Contains(Plain(name));

    /// <returns>Why an account cannot have this name; null when it can.</returns>
    public static string? FaultOf(string name) =>
        !AreFit(name) ? $"cannot be a name: use {Rule}."
        : Reserved.Contains(Plain(name)) ? "is a name that the audit log reserves. Choose another name."
        : null;

    public static bool AreFit(string name) => Fit().IsMatch(name);

    /// <summary>The form in which names are compared: equal for names that differ only by case.</summary>
    public static string Plain(string name) => name.ToUpperInvariant();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Fit();
}
