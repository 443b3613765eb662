using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Dashboard.Text;

namespace Dashboard.Actions.Sampling;

/// <summary>Finds keys that do not belong in a cache, by their names.</summary>
internal static partial class ForeignKeys
{
    /// <summary>Sidekiq's own names, worth asking for one by one: in a cache of a million keys, a sample contains none of them.</summary>
    public static ImmutableArray<string> WellKnown { get; } =
        ["queues", "processes", "stat:processed", "stat:failed", "retry", "schedule", "dead"];

    /// <param name="names">A sample of different names.</param>
    /// <returns>One finding for each kind found, in the order of <see cref="ForeignKind"/>.</returns>
    public static IReadOnlyList<ForeignFinding> Of(IReadOnlyCollection<string> names) =>
        [.. names.Select(KindOf).OfType<ForeignKind>().CountBy(kind => kind).OrderBy(count => count.Key)
            .Select(count => new ForeignFinding(count.Key, count.Value, names.Count))];

    /// <summary>The kind of a foreign key; null for what may be a cache entry.</summary>
    public static ForeignKind? KindOf(string name) => name switch
    {
        _ when AccessToken().IsMatch(name) => ForeignKind.AccessToken,
        _ when RevokedToken().IsMatch(name) => ForeignKind.RevokedToken,
        _ when SessionNames.IsCached(name) => ForeignKind.CachedSession,
        _ when SessionNames.IsStored(name) => ForeignKind.Session,
        _ when Sidekiq().IsMatch(name) => ForeignKind.Sidekiq,
        _ => null,
    };

    /// <param name="found">Those of <see cref="WellKnown"/> that exist.</param>
    /// <returns>Why nothing is flushed, as a sentence; null when none exists.</returns>
    public static string? RefuseWellKnown(IReadOnlyCollection<string> found)
    {
        var names = WellKnown.Where(found.Contains).ToList();
        return names.Count == 0
            ? null
            : $"It has {(names.Count == 1 ? "a key" : "keys")} called {EnglishList.Of(names)}, as Sidekiq has: flushing would lose "
                + $"background jobs for good. {ForeignFinding.MoveSidekiq}";
    }

    /// <summary>Refuses a prefix that is not even scanned for: it may be the beginning of a token, which must not be recorded.</summary>
    /// <returns>Why not, as a sentence without the prefix; null when it may be scanned for.</returns>
    public static string? RefusePrefix(string prefix) => KindOf(prefix) is not null || ForeignPrefix().IsMatch(prefix)
        ? "Access tokens, revoked tokens, sessions or Sidekiq's keys begin like this, and this action flushes only cache entries. "
            + "To sign a person out, revoke their tokens."
        : null;

    [GeneratedRegex(@"\A(?:[^:]{1,64}:)?(?:token:|blacklist:|queue:|stat:|rack:session:|_session_id:)", RegexOptions.CultureInvariant)]
    private static partial Regex ForeignPrefix();

    /// <summary>
    /// <c>token:uX3…</c>, with or without a namespace before it: 20 or more characters of a random token, with a digit or a capital letter
    /// among them. Plain words have neither.
    /// </summary>
    [GeneratedRegex(@"\A(?:[^:]{1,64}:)?token:(?=[^0-9A-Z]*[0-9A-Z])[A-Za-z0-9_.-]{20,}={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccessToken();

    /// <summary><c>blacklist:6f1c0e9a-…</c>: a jti is a UUID or a hash.</summary>
    [GeneratedRegex(@"\A(?:[^:]{1,64}:)?blacklist:(?=[^0-9]*[0-9])[A-Za-z0-9_-]{16,}={0,2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RevokedToken();

    /// <summary>With a namespace, only names that are unmistakable: <c>bus:schedule</c> may well be a cache entry.</summary>
    [GeneratedRegex(
        @"\A(?:retry|schedule|dead|(?:[^:]{1,64}:)?(?:queues|processes|queue:[^:]+|stat:(?:processed|failed)(?::[0-9-]+)?))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Sidekiq();
}
