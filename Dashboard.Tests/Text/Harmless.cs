using System.Globalization;
using System.Text;

namespace Dashboard.Text;

/// <summary>Asserts what holds for every text that is shown or logged, whatever its source.</summary>
internal static class Harmless
{
    /// <summary>The maximum length, in characters, of one line of the console that contains text from outside.</summary>
    private const int UsualMax = 1500;

    public static void Assert(string? shown, int max = UsualMax)
    {
        Xunit.Assert.NotNull(shown);
        Xunit.Assert.True(shown.Length <= max, $"{shown.Length} characters instead of {max}");
        var marks = 3;
        foreach (var rune in shown.EnumerateRunes())
        {
            Xunit.Assert.True(rune != Rune.ReplacementChar || shown.Contains('\ufffd', StringComparison.Ordinal), "half a surrogate pair");
            var category = Rune.GetUnicodeCategory(rune);
            Xunit.Assert.True(
                category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse), $"U+{rune.Value:x4}");
            marks = category is UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
            Xunit.Assert.True(marks <= 3, "too many marks in a row");
        }
    }
}
