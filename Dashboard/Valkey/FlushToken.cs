using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Valkey;

/// <summary>
/// The fencing token of a flush with Undo: one key on the server, which SWAPDB carries along with the keys that it moves. Every step of
/// the flush requires it, so a step that arrives late finds it gone or changed, and does nothing.
/// </summary>
/// <param name="Flush">The id of the flush; empty where the text was not written by a console.</param>
/// <param name="State">What may be done: <see cref="Open"/>, <see cref="Restoring"/> or <see cref="Purging"/>.</param>
/// <param name="BegunAt">The server's clock when the flush began, in microseconds since 1970.</param>
internal sealed partial record FlushToken(Guid Flush, string State, long BegunAt)
{
    /// <summary>The name of the key, in the database that is flushed and then in the spare database.</summary>
    public const string Key = "dashboard:flush";

    /// <summary>In its first database: nothing was flushed yet. In the spare database: the content is retained.</summary>
    public const string Open = "open";

    /// <summary>Keys are being brought back.</summary>
    public const string Restoring = "restoring";

    /// <summary>Keys are being deleted.</summary>
    public const string Purging = "purging";

    /// <summary>Whether a console wrote it. Another text under its name is not removed.</summary>
    public bool IsReadable => Flush != Guid.Empty;

    /// <summary>Its id and state, as steps compare them.</summary>
    public string Mark => $"{Flush} {State}";

    /// <returns>Null for an empty text: there is no token.</returns>
    public static FlushToken? Parse(string text) =>
        text.Length == 0 ? null
        : Pattern().Match(text) is { Success: true } match
            ? new(
                Guid.ParseExact(match.Groups[1].ValueSpan, "D"), match.Groups[2].Value,
                long.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture))
            : new(Guid.Empty, "unreadable", 0);

    [GeneratedRegex(@"\A([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) (open|restoring|purging) ([0-9]{1,18})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
