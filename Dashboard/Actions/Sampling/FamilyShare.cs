namespace Dashboard.Actions.Sampling;

/// <summary>How many keys of a sample are of one family.</summary>
/// <param name="Family">As <see cref="KeyFamily"/> has it, or <see cref="Other"/>.</param>
/// <param name="Seen">In the sample.</param>
/// <param name="Estimate">In all.</param>
internal sealed record FamilyShare(string Family, int Seen, PopulationEstimate Estimate)
{
    /// <summary>Stands for smaller families, and for names that have none.</summary>
    public const string Other = "other";
}
