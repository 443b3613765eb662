using System.Buffers;
using System.Text.RegularExpressions;

namespace Dashboard.Actions.Sampling;

/// <summary>
/// Recognizes the names of Rails sessions. A session's key ends in the SHA-256 of what the browser holds (<c>2::</c> and 64 hex digits), or
/// in older gems in that value itself (32).
/// </summary>
internal static partial class SessionNames
{
    private const int OldLength = 32;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary><c>_session_id:2::…</c>: a session that ActionDispatch's CacheStore keeps in Rails.cache.</summary>
    public static bool IsCached(string name) => Cached().IsMatch(name);

    /// <summary>
    /// <c>rack:session:…</c> (redis-rack), <c>shop:session:2::…</c> (redis-session-store), or <c>shop:session:…</c> and 32 hex digits
    /// (older gems).
    /// </summary>
    public static bool IsStored(string name) => RackSession().IsMatch(name) || Hashed().IsMatch(name) || IsOld(name);

    /// <remarks>
    /// Fragments of templates under <c>sessions/</c> have such a digest in their names, and so has a name that Rails.cache shortened
    /// (<c>:hash:</c>).
    /// </remarks>
    private static bool IsOld(string name)
    {
        var space = name.AsSpan(0, Math.Max(0, name.Length - OldLength));
        return space.EndsWith(":")
            && !name.AsSpan(space.Length).ContainsAnyExcept(HexDigits)
            && space.Contains("session", StringComparison.OrdinalIgnoreCase)
            && !space.Contains('/')
            && !space.EndsWith(":hash:");
    }

    [GeneratedRegex(@"(?:\A|:)_session_id:(?:2::[0-9a-f]{64}|[0-9a-f]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Cached();

    [GeneratedRegex(@"\A(?:[^:]{1,64}:)?rack:session:", RegexOptions.CultureInvariant)]
    private static partial Regex RackSession();

    [GeneratedRegex(@"(?<![0-9])2::[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hashed();
}
