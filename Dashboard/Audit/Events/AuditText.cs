using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Audit.Events;

/// <summary>Makes texts fit to be kept and read anywhere: one line, bounded, without characters that hide or steer.</summary>
internal static class AuditText
{
    /// <summary>Characters at most.</summary>
    public const int Most = 500;

    private const int MostCounts = 32;
    private const int MostCountName = 64;

    /// <returns>Null for null and for nothing but white space.</returns>
    public static string? Clean(string? text, int most = Most)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            Append(clean, rune);
            if (clean.Length > most)
            {
                return Cut(clean.ToString(), most);
            }
        }

        return clean.ToString();
    }

    /// <returns>A JSON object with its names in order; null when there is nothing to count.</returns>
    public static string? Of(IReadOnlyDictionary<string, long>? counts) => counts is not { Count: > 0 } ? null : JsonSerializer.Serialize(
        new SortedDictionary<string, long>(
            counts.Take(MostCounts).DistinctBy(pair => Clean(pair.Key, MostCountName))
                .ToDictionary(pair => Clean(pair.Key, MostCountName) ?? "?", pair => pair.Value),
            StringComparer.Ordinal));

    /// <returns>As the file has it, e.g. <c>done</c>.</returns>
    public static string Of(AuditResult result) => result switch
    {
        AuditResult.Done => "done",
        AuditResult.Refused => "refused",
        AuditResult.Failed => "failed",
        AuditResult.Cancelled => "cancelled",
        AuditResult.Unknown => "unknown",
        _ => "started",
    };

    private static void Append(StringBuilder clean, Rune rune)
    {
        if (rune.Value is '\n' or '\r' or '\t')
        {
            clean.Append(' ');
        }
        else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator)
        {
            // Such as the mark that turns the reading direction round: shown, it cannot deceive.
            clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        else
        {
            clean.Append(rune.ToString());
        }
    }

    private static string Cut(string text, int most) => text[..(char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1)] + "…";
}
