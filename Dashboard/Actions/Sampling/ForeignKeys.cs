using System.Collections.Immutable;
using Dashboard.Instances;
using Dashboard.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>Finds keys that do not belong in a cache, by their names.</summary>
internal static class ForeignKeys
{
    /// <summary>Sidekiq's own names, worth asking for one by one: in a cache of a million keys, a sample contains none of them.</summary>
    public static ImmutableArray<string> WellKnown { get; } =
        ["queues", "processes", "stat:processed", "stat:failed", "retry", "schedule", "dead"];

    /// <param name="names">A sample of different names.</param>
    /// <param name="rules">What the settings of the instance declare.</param>
    /// <returns>One finding for each kind found, in the order of <see cref="ForeignKind"/>.</returns>
    public static IReadOnlyList<ForeignFinding> Of(IReadOnlyCollection<string> names, KeyPrefixRules rules) =>
        [.. names.Select(name => ForeignNames.KindOf(name, rules)).OfType<ForeignKind>().CountBy(kind => kind).OrderBy(count => count.Key)
            .Select(count => new ForeignFinding(count.Key, count.Value, names.Count))];

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
    public static string? RefusePrefix(string prefix, Instance instance) =>
        !ForeignNames.MayBeginWith(prefix, instance.KeyPrefixes) ? null
        : ForeignNames.MayBeginWith(prefix, KeyPrefixRules.None)
        ? "Access tokens, revoked tokens, sessions or Sidekiq's keys begin like this, and this action flushes only cache entries. "
            + "To sign a person out, revoke their tokens."
        : $"ForeignKeyPrefixes of {instance.Id} in the settings declares that keys which begin like this do not belong in the cache.";
}
