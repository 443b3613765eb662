using System.Text.RegularExpressions;

namespace Dashboard.Instances;

/// <summary>The name of an instance everywhere: in settings, URLs, history and on the screen.</summary>
/// <remarks>1 to 32 characters: lower-case letters, digits and dashes, a letter first. Safe in a URL, a file name and a CSV cell.</remarks>
public readonly partial record struct InstanceId
{
    private InstanceId(string value) => Value = value;

    public string Value { get; }

    /// <summary>The rule for a valid id, as a sentence for a settings error.</summary>
    public const string Rule = "1 to 32 lower-case letters, digits and dashes, a letter first";

    /// <returns>The id, or null when the text breaks <see cref="Rule"/>.</returns>
    public static InstanceId? Parse(string? text) => text is not null && Pattern().IsMatch(text) ? new InstanceId(text) : null;

    /// <summary>For ids known to be valid (constants, tests).</summary>
    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>.</exception>
    public static InstanceId Of(string text) => Parse(text) ?? throw new FormatException($"'{text}' is not an instance id: {Rule}.");

    public override string ToString() => Value;

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
