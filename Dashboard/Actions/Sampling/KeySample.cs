namespace Dashboard.Actions.Sampling;

/// <summary>What the names of a sample say about all keys, without showing one.</summary>
/// <param name="Sampled">Different names looked at.</param>
/// <param name="Total">Keys there are.</param>
/// <param name="Families">The largest, at most <see cref="MostFamilies"/>, largest first.</param>
/// <param name="Other">All other names; null when there are none.</param>
/// <param name="Foreign">What does not belong in a cache; empty when all looks like one.</param>
internal sealed record KeySample(
    int Sampled, long Total, IReadOnlyList<FamilyShare> Families, FamilyShare? Other, IReadOnlyList<ForeignFinding> Foreign,
    RackAttackKeys RackAttack)
{
    public const int MostFamilies = 6;

    /// <param name="names">Picked without regard to their names. One that comes twice counts once.</param>
    /// <param name="total">Keys there are; with as many names, or more, all numbers are exact.</param>
    public static KeySample Of(IReadOnlyList<string> names, long total)
    {
        var different = names.ToHashSet(StringComparer.Ordinal);
        var families = FamilyCount.Of(different).Where(count => count.Family != KeyFamily.None).Take(MostFamilies)
            .Select(count => new FamilyShare(count.Family, count.Seen, PopulationEstimate.Of(count.Seen, different.Count, total))).ToList();
        var others = different.Count - families.Sum(family => family.Seen);
        return new(
            different.Count, total, families,
            others > 0 ? new FamilyShare(FamilyShare.Other, others, PopulationEstimate.Of(others, different.Count, total)) : null,
            ForeignKeys.Of(different),
            RackAttackKeys.Of(different, total));
    }
}
