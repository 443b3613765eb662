namespace Dashboard.Instances.Purposes;

/// <summary>Shares of maxmemory, 0 to 1.</summary>
public sealed record MemoryLimits(double Warning, double Critical);
