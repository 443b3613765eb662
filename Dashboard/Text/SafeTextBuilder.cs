using System.Globalization;
using System.Text;

namespace Dashboard.Text;

/// <summary>Builds a bounded line piece by piece.</summary>
internal sealed class SafeTextBuilder
{
    /// <summary>The room for the note at the end of a cut line.</summary>
    private const int NoteRoom = 28;

    /// <summary>The smallest bound; below it, the note would fill the line.</summary>
    public const int LeastMax = NoteRoom + 12;

    /// <summary>The number of marks on one letter that languages need; more of them would cover the lines around it.</summary>
    private const int MaxMarks = 3;

    private readonly int _max;
    private readonly StringBuilder _line = new();
    private int _beforeNote;

    /// <summary>Initially the maximum, because there is no letter before a mark.</summary>
    private int _marks = MaxMarks;

    public SafeTextBuilder(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, LeastMax);
        _max = max;
    }

    /// <returns>False when it no longer fits; then <see cref="CutOf"/> ends the line.</returns>
    public bool Add(Rune rune)
    {
        if (!UnicodeVisibility.IsVisible(rune) || (UnicodeVisibility.IsMark(rune) && _marks >= MaxMarks))
        {
            return AddEscape(rune.Value <= 0x7f ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }

        _marks = UnicodeVisibility.IsMark(rune) ? _marks + 1 : 0;
        return Append(rune.Value == '\\' ? @"\\" : rune.ToString());
    }

    /// <summary>Adds one half of a surrogate pair without the other.</summary>
    public bool AddHalf(char half) => AddEscape($"\\u{(int)half:x4}");

    /// <summary>Adds bytes that are not UTF-8.</summary>
    public bool AddBytes(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (!AddEscape($"\\x{one:x2}"))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>The line so far, with the length of the whole.</returns>
    public string CutOf(int total, string unit)
    {
        _line.Length = _beforeNote;
        return _line.Append(CultureInfo.InvariantCulture, $"…({total:N0} {unit})").ToString();
    }

    public override string ToString() => _line.ToString();

    /// <summary>Adds an escape, and then no mark: a mark would combine with its last digit.</summary>
    private bool AddEscape(string escape)
    {
        _marks = MaxMarks;
        return Append(escape);
    }

    private bool Append(string piece)
    {
        if (_line.Length + piece.Length > _max)
        {
            return false;
        }

        _line.Append(piece);
        _beforeNote = _line.Length <= _max - NoteRoom ? _line.Length : _beforeNote;
        return true;
    }
}
