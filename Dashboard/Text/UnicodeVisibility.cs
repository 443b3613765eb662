using System.Globalization;
using System.Text;

namespace Dashboard.Text;

/// <summary>Tells which characters a person can recognise by sight.</summary>
internal static class UnicodeVisibility
{
    /// <summary>
    /// Characters that draw nothing although their category is letter, symbol or mark: those of Unicode's Default_Ignorable_Code_Point, and
    /// the empty Braille cell.
    /// </summary>
    private static readonly (int From, int To)[] Empty =
    [
        (0x034f, 0x034f), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f), (0x2800, 0x2800), (0x3164, 0x3164), (0xfe00, 0xfe0f),
        (0xffa0, 0xffa0), (0xe0100, 0xe01ef),
    ];

    /// <summary>
    /// Whether the character is visible: false for what ends a line, changes its direction, has no width, looks like a space without being
    /// one, or has no agreed appearance.
    /// </summary>
    public static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => !Array.Exists(Empty, range => rune.Value >= range.From && rune.Value <= range.To),
    };

    /// <summary>Whether the character combines with the letter before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;
}
