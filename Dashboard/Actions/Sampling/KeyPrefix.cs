using System.Text;
using Dashboard.Text;

namespace Dashboard.Actions.Sampling;

/// <summary>Checks what a person typed as the beginning of keys.</summary>
internal static class KeyPrefix
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 200;

    /// <returns>Why it cannot be used, as a sentence; null when it can. Characters such as <c>*</c> are allowed and literal.</returns>
    public static string? Refuse(string typed) => typed switch
    {
        _ when string.IsNullOrWhiteSpace(typed) =>
            "Type how the keys begin, for example views/. An empty prefix would mean all keys; to flush them all, take “Flush the cache”.",
        { Length: > MaxLength } => $"The prefix is longer than {MaxLength} characters. Shorten it: the first few distinguish the keys.",
        _ when char.IsWhiteSpace(typed[0]) || char.IsWhiteSpace(typed[^1]) =>
            "The prefix begins or ends with a space, which is not visible. Remove the space, or type on to the next letter.",
        _ when !IsVisible(typed) => "The prefix contains an invisible character. Type the prefix instead of pasting it.",
        _ => null,
    };

    private static bool IsVisible(string typed)
    {
        for (var at = 0; at < typed.Length;)
        {
            if (!Rune.TryGetRuneAt(typed, at, out var rune) || !UnicodeVisibility.IsVisible(rune))
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }
}
