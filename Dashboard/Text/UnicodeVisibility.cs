using System.Globalization;
using System.Text;

namespace Dashboard.Text;

/// <summary>Which characters a person can see for what they are.</summary>
internal static class UnicodeVisibility
{
    /// <summary>
    /// Letters, symbols and marks by category that draw nothing, as Unicode's Default_Ignorable_Code_Point has them, and the empty Braille
    /// cell.
    /// </summary>
    private static readonly (int From, int To)[] Empty =
    [
        (0x034f, 0x034f), (0x115f, 0x1160), (0x17b4, 0x17b5), (0x180b, 0x180f), (0x2800, 0x2800), (0x3164, 0x3164), (0xfe00, 0xfe0f),
        (0xffa0, 0xffa0), (0xe0100, 0xe01ef),
    ];

    /// <summary>
    /// False for what ends a line, turns its direction, takes no room, looks like a space without being one, or has no agreed look.
    /// </summary>
    public static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.SpaceSeparator => rune.Value == ' ',
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
        _ => !Array.Exists(Empty, range => rune.Value >= range.From && rune.Value <= range.To),
    };

    /// <summary>Whether it stands on the letter before it.</summary>
    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;
}
