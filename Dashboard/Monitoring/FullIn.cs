namespace Dashboard.Monitoring;

/// <summary>When memory will be full, by the trend so far: between the two.</summary>
public sealed record FullIn(TimeSpan Earliest, TimeSpan Latest);
