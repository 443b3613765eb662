namespace Dashboard.Components.Charts;

/// <summary>One tick for the browser: where the time axis ends and how long it is (ms), and what is new in each chart.</summary>
internal sealed record BoardMessage(long Now, long Window, bool Frozen, IReadOnlyList<ChartMessage> Charts);
