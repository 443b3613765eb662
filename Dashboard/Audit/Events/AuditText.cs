using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Dashboard.Audit.Events;

/// <summary>Makes texts fit to be stored and shown anywhere: one line, bounded, without characters that hide or control text.</summary>
internal static class AuditText
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 500;

    private const int MaxCounts = 32;
    private const int MaxCountName = 64;

    /// <returns>The clean text; null for null and for only white space.</returns>
    public static string? Clean(string? text, int max = MaxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            Append(clean, rune);
            if (clean.Length > max)
            {
                return Cut(clean.ToString(), max);
            }
        }

        return clean.ToString();
    }

    /// <returns>A JSON object with its names in order; null when there are no counts.</returns>
    public static string? Of(IReadOnlyDictionary<string, long>? counts) => counts is not { Count: > 0 } ? null : JsonSerializer.Serialize(
        new SortedDictionary<string, long>(
            counts.Take(MaxCounts).DistinctBy(pair => Clean(pair.Key, MaxCountName))
                .ToDictionary(pair => Clean(pair.Key, MaxCountName) ?? "?", pair => pair.Value),
            StringComparer.Ordinal));

    /// <returns>The stored word, for example <c>done</c>.</returns>
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
            // An example is the mark that reverses the reading direction: when visible, it cannot deceive.
            clean.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }
        else
        {
            clean.Append(rune.ToString());
        }
    }

    private static string Cut(string text, int max) => text[..(char.IsHighSurrogate(text[max - 2]) ? max - 2 : max - 1)] + "…";
}
