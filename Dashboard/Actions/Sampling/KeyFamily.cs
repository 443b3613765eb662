namespace Dashboard.Actions.Sampling;

/// <summary>
/// The family of a key: the words that its name begins with, then <c>*</c>. What distinguishes one key from another is never shown, because
/// it may be a token, an address or a person.
/// </summary>
/// <remarks>
/// <c>views/products/42-20260101</c> belongs to <c>views/products/*</c>, <c>rack::attack:29384:logins:a@b.example</c> to
/// <c>rack::attack:*</c>, and <c>3f9c…</c> to <c>*</c>. The last part of a name is not shown even when it is a word, unless it is the whole
/// name. A word in the middle may still be a person's name: <see cref="Wider"/> is for families of few keys.
/// </remarks>
internal static class KeyFamily
{
    /// <summary>The family of a name that begins with no word.</summary>
    public const string None = "*";

    /// <summary>The longest family, in characters.</summary>
    public const int MaxLength = 60;

    /// <summary>Later words add little.</summary>
    private const int MaxWords = 3;

    private const int MaxWordLength = 24;

    /// <summary>Letters in a row; a longer run is more likely a token without digits than a word.</summary>
    private const int MaxLettersInRow = 16;

    /// <param name="name">Any text.</param>
    /// <returns>Only letters, <c>_ - : /</c> and <c>*</c>.</returns>
    public static string Of(string name)
    {
        var (kept, words, at) = (0, 0, 0);
        while (words < MaxWords)
        {
            var length = LengthOfPart(name.AsSpan(at));
            var isLast = at + length == name.Length;
            if (isLast && at == 0)
            {
                return IsWord(name) ? name : None;
            }

            if (isLast || at + length + 2 > MaxLength || (length > 0 && !IsWord(name.AsSpan(at, length))))
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
    /// The family with one word fewer; a family of one word stays, because programs name it, not people. A whole name becomes
    /// <see cref="None"/>.
    /// </summary>
    /// <param name="family">As <see cref="Of"/> returns it.</param>
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
        if (part.IsEmpty || part.Length > MaxWordLength)
        {
            return false;
        }

        var run = 0;
        foreach (var one in part)
        {
            run = char.IsAsciiLetter(one) ? run + 1 : 0;
            if (run > MaxLettersInRow || (run == 0 && one is not ('_' or '-')))
            {
                return false;
            }
        }

        return true;
    }
}
