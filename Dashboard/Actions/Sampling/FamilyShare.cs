namespace Dashboard.Actions.Sampling;

/// <summary>How many keys of a sample belong to one family.</summary>
/// <param name="Family">As <see cref="KeyFamily"/> writes it, or <see cref="Other"/>.</param>
/// <param name="Seen">How many were in the sample.</param>
/// <param name="Estimate">How many there are in all.</param>
internal sealed record FamilyShare(string Family, int Seen, PopulationEstimate Estimate)
{
    /// <summary>Stands for smaller families, and for names that have none.</summary>
    public const string Other = "other";
}
