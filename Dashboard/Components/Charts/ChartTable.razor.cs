using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Charts;

/// <summary>A chart as a short table, newest row first, for those who would rather read or hear than look.</summary>
public sealed partial class ChartTable
{
    /// <summary>The chart told.</summary>
    [Parameter, EditorRequired]
    public required ChartFeed Feed { get; set; }
}
