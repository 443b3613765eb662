using System.Globalization;
using Dashboard.Info;
using Dashboard.Text;

namespace Dashboard.Components.Instances;

/// <summary>A field of INFO as the table shows it. All texts are safe to show.</summary>
/// <param name="Section">E.g. <c>Memory</c>.</param>
/// <param name="Change">What changed since the page was opened, e.g. <c>+12</c> or <c>was 3</c>; empty where nothing did.</param>
/// <param name="Meaning">Null for a field that is not known here.</param>
public sealed record InfoRow(string Section, string Name, string Value, string Change, string? Meaning)
{
    private const int MaxName = 64;

    /// <param name="first">The values when the page was opened, by section and name.</param>
    internal static InfoRow Of(InfoField field, IReadOnlyDictionary<(string, string), string> first) => new(
        SafeText.Of(field.Section, MaxName), SafeText.Of(field.Name, MaxName), SafeText.Of(field.Value),
        ChangeOf(first.GetValueOrDefault((field.Section, field.Name)), field.Value), InfoFieldHelp.Explain(field.Name));

    /// <summary>Whether its name, its value or its meaning contains a text.</summary>
    public bool Matches(string find) =>
        Name.Contains(find, StringComparison.OrdinalIgnoreCase)
        || Value.Contains(find, StringComparison.OrdinalIgnoreCase)
        || Meaning?.Contains(find, StringComparison.OrdinalIgnoreCase) == true;

    private static string ChangeOf(string? before, string now) => before switch
    {
        null => "",
        _ when before == now => "",
        _ when Number(before) is { } from && Number(now) is { } to =>
            (to - from).ToString("+#,0.######;-#,0.######", CultureInfo.InvariantCulture).Replace(',', '\u202f'),
        _ => $"was {SafeText.Of(before, MaxName)}",
    };

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number : null;
}
