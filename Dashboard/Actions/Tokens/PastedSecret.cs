using System.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>What a person pasted to find a token: the token itself, a header, a cookie, or a JSON Web Token. Pure.</summary>
internal static class PastedSecret
{
    /// <summary>The longest text that is accepted, in characters: a cookie of a browser has 4 kB at most.</summary>
    public const int MaxLength = 8192;

    /// <summary>The values in the text that may be a token, the likeliest first; at most <see cref="MaxValues"/>.</summary>
    /// <remarks>
    /// <c>Authorization: Bearer …</c> and <c>name=value; other=value</c> are taken apart, and percent-encoding is undone. A signed cookie
    /// ends with <c>--</c> and its signature; before it is the id, or what <see cref="SignedCookie"/> reads. No signature is verified: what
    /// is not a token is found on no server.
    /// </remarks>
    public static IReadOnlyList<byte[]> Read(string pasted)
    {
        var text = pasted.Trim().Trim('"', '\'');
        List<string> values = [text];
        if (text.LastIndexOf("Bearer ", StringComparison.OrdinalIgnoreCase) is >= 0 and var bearer)
        {
            values.Insert(0, text[(bearer + 7)..].Trim());
        }

        foreach (var cookie in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (cookie.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && at + 1 < cookie.Length)
            {
                values.Add(Uri.UnescapeDataString(cookie[(at + 1)..]));
            }
        }

        List<string> unsigned = [.. values.Select(Unsigned).OfType<string>()];
        return
        [
            .. unsigned.Concat(values).Select(SignedCookie.Read).OfType<string>().Concat(unsigned).Concat(values)
                .Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Take(MaxValues).Select(Encoding.UTF8.GetBytes),
        ];
    }

    public const int MaxValues = 60;

    /// <returns>What is before a signature; null where there is none.</returns>
    private static string? Unsigned(string value) =>
        value.LastIndexOf("--", StringComparison.Ordinal) is > 0 and var at ? value[..at] : null;
}
