namespace Dashboard.Actions.Sampling;

/// <summary>
/// The family of a key: the words its name begins with, then <c>*</c>. What tells one key from another is never shown, for it may be a
/// token, an address or a person.
/// </summary>
/// <remarks>
/// <c>views/products/42-20260101</c> is of <c>views/products/*</c>, <c>rack::attack:29384:logins:a@b.example</c> of <c>rack::attack:*</c>,
/// and
/// <c>3f9c…</c> of <c>*</c>. The last part of a name is not shown even when it is a word, unless it is the whole name.
/// A word in the middle may still be somebody's name: <see cref="Wider"/> is for families of few keys.
/// </remarks>
internal static class KeyFamily
{
    /// <summary>Of a name that begins with no word.</summary>
    public const string None = "*";

    /// <summary>The longest family, in characters.</summary>
    public const int Longest = 60;

    /// <summary>What follows the third word tells little.</summary>
    private const int MostWords = 3;

    private const int LongestWord = 24;

    /// <summary>Letters in a row; longer ones are hardly a word but a token without digits.</summary>
    private const int LongestRun = 16;

    /// <param name="name">Any text at all.</param>
    /// <returns>Letters, <c>_ - : /</c> and <c>*</c> only.</returns>
    public static string Of(string name)
    {
        var (kept, words, at) = (0, 0, 0);
        while (words < MostWords)
        {
            var length = LengthOfPart(name.AsSpan(at));
            var isLast = at + length == name.Length;
            if (isLast && at == 0)
            {
                return IsWord(name) ? name : None;
            }

            if (isLast || at + length + 2 > Longest || (length > 0 && !IsWord(name.AsSpan(at, length))))
            {
                break;
            }

            at += length + 1;
            words += length > 0 ? 1 : 0;
            kept = words > 0 ? at : 0;
        }

        return string.Concat(name.AsSpan(0, kept), None);
    }

    /// <summary>
    /// The family with one word less; one of a single word stays, for programs name it, not people. A whole name becomes
    /// <see cref="None"/>.
    /// </summary>
    /// <param name="family">As <see cref="Of"/> gives it.</param>
    public static string Wider(string family)
    {
        if (!family.EndsWith('*'))
        {
            return None;
        }

        var words = family.AsSpan(0, family.Length - 1).TrimEnd(":/");
        var shorter = words[..(words.LastIndexOfAny(':', '/') + 1)];
        return shorter.Trim(":/").IsEmpty ? family : string.Concat(shorter, None);
    }

    private static int LengthOfPart(ReadOnlySpan<char> rest) => rest.IndexOfAny(':', '/') is var end && end >= 0 ? end : rest.Length;

    private static bool IsWord(ReadOnlySpan<char> part)
    {
        if (part.IsEmpty || part.Length > LongestWord)
        {
            return false;
        }

        var run = 0;
        foreach (var one in part)
        {
            run = char.IsAsciiLetter(one) ? run + 1 : 0;
            if (run > LongestRun || (run == 0 && one is not ('_' or '-')))
            {
                return false;
            }
        }

        return true;
    }
}
