using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Charts;

/// <summary>
/// A small line beside a number: its recent past at a glance, in the current accent. Says nothing to a screen reader, for the number says
/// it.
/// </summary>
public sealed partial class Sparkline
{
    /// <summary>Values at even steps, oldest first; null is a gap.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<double?> Values { get; set; }

    /// <summary>Pixels the line is computed for; drawn as wide as its place allows.</summary>
    [Parameter]
    public int Width { get; set; } = 120;

    /// <summary>Pixels high.</summary>
    [Parameter]
    public int Height { get; set; } = 28;
}
