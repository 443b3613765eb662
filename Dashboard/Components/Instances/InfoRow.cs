using System.Globalization;
using Dashboard.Info;
using Dashboard.Metrics;
using Dashboard.Text;

namespace Dashboard.Components.Instances;

/// <summary>A field of INFO as the table shows it. All texts are safe to show.</summary>
/// <param name="Section">E.g. <c>Memory</c>.</param>
/// <param name="Change">What changed since the page was opened, e.g. <c>+12</c> or <c>was 3</c>; empty where nothing did.</param>
/// <param name="Meaning">Null for a field that is not known here.</param>
public sealed record InfoRow(string Section, string Name, string Value, string Change, string? Meaning)
{
    private const int MaxName = 64;

    private static readonly char[] WordEnds = [' ', '_'];

    /// <param name="first">The values when the page was opened, by section and name.</param>
    internal static InfoRow Of(InfoField field, IReadOnlyDictionary<(string, string), string> first) => new(
        SafeText.Of(field.Section, MaxName), SafeText.Of(field.Name, MaxName), SafeText.Of(field.Value),
        ChangeOf(first.GetValueOrDefault((field.Section, field.Name)), field.Value), InfoFieldHelp.Explain(field.Name));

    /// <summary>A number of bytes for reading, e.g. <c>1.00 MB</c>; null for what is none, or below 1 kB.</summary>
    public string? Readable =>
        InfoBytes.IsBytes(Name) && long.TryParse(Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) && bytes >= 1024
            ? UnitFormat.Text(Unit.Bytes, bytes) : null;

    /// <summary>Whether its name, value and meaning together contain every word of a text, in any order.</summary>
    /// <param name="find">Words, separated by spaces or underscores: <c>used mem rss</c> finds <c>used_memory_rss</c>.</param>
    public bool Matches(string find) => Array.TrueForAll(
        find.Split(WordEnds, StringSplitOptions.RemoveEmptyEntries),
        word => Name.Contains(word, StringComparison.OrdinalIgnoreCase)
            || Value.Contains(word, StringComparison.OrdinalIgnoreCase)
            || Meaning?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

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
