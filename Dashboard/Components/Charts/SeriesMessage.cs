namespace Dashboard.Components.Charts;

/// <summary>A line's id and name for the browser.</summary>
internal sealed record SeriesMessage(string Id, string Name);
