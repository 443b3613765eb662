using System.Buffers;
using System.Text;

namespace Dashboard.Text;

/// <summary>
/// Makes text from outside safe to show and to log: one line, nothing invisible, nothing that turns the reading direction, bounded.
/// </summary>
/// <remarks>
/// What cannot be seen is written as an escape: <c>\x1b</c> below U+0080 and for bytes that are no UTF-8, <c>\u202e</c> and
/// <c>\U000e0041</c> above. A backslash becomes two, so that nobody can fake an escape and each result has one meaning. It is for people:
/// markup is left to whoever draws it, and text shown twice has its backslashes doubled twice.
/// </remarks>
internal static class SafeText
{
    /// <summary>Characters of a result when nothing else is said.</summary>
    public const int UsualMax = 200;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x7f - ' ').Select(code => (char)code).Where(one => one != '\\')]);

    /// <param name="text">Usual text comes back as it is.</param>
    /// <param name="max">Characters of the result at most, not below <see cref="SafeTextBuilder.LeastMax"/>. Longer text ends in
    /// <c>…(1,048,576 characters)</c>, its length in UTF-16 units.</param>
    public static string Of(string text, int max = UsualMax)
    {
        var safeTextBuilder = new SafeTextBuilder(max);
        if (text.Length <= max && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            return text;
        }

        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var used) == OperationStatus.Done;
            if (!(isWhole ? safeTextBuilder.Add(rune) : safeTextBuilder.AddHalf(rest[0])))
            {
                return safeTextBuilder.CutOf(text.Length, "characters");
            }

            rest = rest[used..];
        }

        return safeTextBuilder.ToString();
    }

    /// <param name="bytes">A name as the server has it: mostly UTF-8, but it may be anything.</param>
    /// <param name="max">As for text; a longer name ends in <c>…(1,048,576 bytes)</c>.</param>
    public static string Of(ReadOnlySpan<byte> bytes, int max = UsualMax)
    {
        var safeTextBuilder = new SafeTextBuilder(max);
        for (var rest = bytes; !rest.IsEmpty;)
        {
            var isWhole = Rune.DecodeFromUtf8(rest, out var rune, out var used) == OperationStatus.Done;
            if (!(isWhole ? safeTextBuilder.Add(rune) : safeTextBuilder.AddBytes(rest[..used])))
            {
                return safeTextBuilder.CutOf(bytes.Length, "bytes");
            }

            rest = rest[used..];
        }

        return safeTextBuilder.ToString();
    }
}
