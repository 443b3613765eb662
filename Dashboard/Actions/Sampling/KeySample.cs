using Dashboard.Instances;

namespace Dashboard.Actions.Sampling;

/// <summary>What a sample of names says about all keys, without showing a name.</summary>
/// <param name="Sampled">Different names in the sample.</param>
/// <param name="Total">Number of keys in all.</param>
/// <param name="Families">The largest families, at most <see cref="MaxFamilies"/>, largest first.</param>
/// <param name="Other">All other names; null when there are none.</param>
/// <param name="Foreign">Keys that do not belong in a cache; empty when there are none.</param>
internal sealed record KeySample(
    int Sampled, long Total, IReadOnlyList<FamilyShare> Families, FamilyShare? Other, IReadOnlyList<ForeignFinding> Foreign,
    RackAttackKeys RackAttack)
{
    public const int MaxFamilies = 6;

    /// <param name="names">Picked without regard to their names. A name that comes twice counts once.</param>
    /// <param name="total">Number of keys in all; with as many names, or more, all numbers are exact.</param>
    /// <param name="rules">What the settings of the instance declare about names.</param>
    /// <param name="now">Tells counters of Rack::Attack from those whose period is over.</param>
    public static KeySample Of(IReadOnlyList<string> names, long total, KeyPrefixRules rules, DateTimeOffset now)
    {
        var different = names.ToHashSet(StringComparer.Ordinal);
        var families = FamilyCount.Of(different).Where(count => count.Family != KeyFamily.None).Take(MaxFamilies)
            .Select(count => new FamilyShare(count.Family, count.Seen, PopulationEstimate.Of(count.Seen, different.Count, total))).ToList();
        var others = different.Count - families.Sum(family => family.Seen);
        return new(
            different.Count, total, families,
            others > 0 ? new FamilyShare(FamilyShare.Other, others, PopulationEstimate.Of(others, different.Count, total)) : null,
            ForeignKeys.Of(different, rules),
            RackAttackKeys.Of(different, total, now));
    }
}
