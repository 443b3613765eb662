using System.Buffers;
using System.Text;

namespace Dashboard.Text;

/// <summary>
/// Makes text from outside safe to show and to log: one line, bounded, with no invisible characters and none that change the reading
/// direction.
/// </summary>
/// <remarks>
/// Invisible characters are written as escapes: <c>\x1b</c> below U+0080 and for bytes that are not UTF-8, <c>\u202e</c> and
/// <c>\U000e0041</c> above. A backslash is doubled, so that an escape cannot be faked and each result has one meaning. The text is for
/// people: the component that renders it handles markup, and text that is passed twice has its backslashes doubled twice.
/// </remarks>
internal static class SafeText
{
    /// <summary>The default maximum length of a result, in characters.</summary>
    public const int UsualMax = 200;

    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(' ', 0x7f - ' ').Select(code => (char)code).Where(one => one != '\\')]);

    /// <param name="text">The text; usual text is returned unchanged.</param>
    /// <param name="max">The maximum length of the result in characters, at least <see cref="SafeTextBuilder.LeastMax"/>. A longer text
    /// ends in <c>…(1,048,576 characters)</c>, its length in UTF-16 units.</param>
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

    /// <param name="bytes">A name as the server holds it: mostly UTF-8, but possibly anything.</param>
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
