namespace Dashboard.Components.Charts;

/// <summary>What is new in one chart. A seed replaces all its points; spec and marks are null when unchanged.</summary>
internal sealed record ChartMessage(
    string Id, bool Seed, SpecMessage? Spec, IReadOnlyList<ChartMark>? Marks, IReadOnlyList<TrackMessage> Tracks);
