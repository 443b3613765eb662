using System.Globalization;
using System.Text;

namespace Dashboard.Text;

/// <summary>A line being written, piece by piece, that stays within its bound.</summary>
internal sealed class SafeTextBuilder
{
    /// <summary>Room for the note at the end of a cut line.</summary>
    private const int NoteRoom = 28;

    /// <summary>Less would be all note.</summary>
    public const int LeastMax = NoteRoom + 12;

    /// <summary>Marks on one letter that languages need; more of them climb over the lines around.</summary>
    private const int MostMarks = 3;

    private readonly int _max;
    private readonly StringBuilder _line = new();
    private int _beforeNote;

    /// <summary>At first there is no letter to stand on.</summary>
    private int _marks = MostMarks;

    public SafeTextBuilder(int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, LeastMax);
        _max = max;
    }

    /// <returns>False when it does not fit any more; then <see cref="CutOf"/> ends the line.</returns>
    public bool Add(Rune rune)
    {
        if (!UnicodeVisibility.IsVisible(rune) || (UnicodeVisibility.IsMark(rune) && _marks >= MostMarks))
        {
            return AddEscape(rune.Value <= 0x7f ? $"\\x{rune.Value:x2}" : rune.IsBmp ? $"\\u{rune.Value:x4}" : $"\\U{rune.Value:x8}");
        }

        _marks = UnicodeVisibility.IsMark(rune) ? _marks + 1 : 0;
        return Append(rune.Value == '\\' ? @"\\" : rune.ToString());
    }

    /// <summary>One half of a surrogate pair without the other.</summary>
    public bool AddHalf(char half) => AddEscape($"\\u{(int)half:x4}");

    /// <summary>Bytes that are no UTF-8.</summary>
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

    /// <returns>The line as far as it went, and how long the whole would have been.</returns>
    public string CutOf(int total, string unit)
    {
        _line.Length = _beforeNote;
        return _line.Append(CultureInfo.InvariantCulture, $"…({total:N0} {unit})").ToString();
    }

    public override string ToString() => _line.ToString();

    /// <summary>A mark after it would stand on its last digit.</summary>
    private bool AddEscape(string escape)
    {
        _marks = MostMarks;
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
