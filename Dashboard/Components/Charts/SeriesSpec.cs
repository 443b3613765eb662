namespace Dashboard.Components.Charts;

/// <summary>One line of a chart: its id within the chart, its name in legend and tooltip, and how loud it is.</summary>
public sealed record SeriesSpec(string Id, string Name, Tone Tone = Tone.Accent);
