using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Charts;

/// <summary>
/// A chart in its panel: title, the newest numbers, the plot the browser draws, what it means in words and as a table.
/// Numbers move with every render; the element of the plot is the browser's and stays empty here.
/// </summary>
public sealed partial class LiveChart
{
    private ChartFeed _feed = null!;
    private (ChartFeed Feed, int Version, TimeSpan Window, bool Frozen, string? Unknown) _drawn;
    private bool _tabled;
    private bool _toggled;

    /// <summary>The board's feed; a chart stands inside a <see cref="ChartBoard"/>.</summary>
    [CascadingParameter]
    public required BoardFeed Board { get; set; }

    /// <summary>Which of the board's charts this is.</summary>
    [Parameter, EditorRequired]
    public required ChartSpec Spec { get; set; }

    /// <summary>Why nothing is known in this window, in words; said over an empty plot.</summary>
    [Parameter]
    public string? Unknown { get; set; }

    /// <summary>What stands in place of the title, e.g. the title with an explanation; null for the title alone.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Tones =>
        string.Join(' ', Spec.Series.Select((series, i) => $"{(i == 0 ? "first" : "second")}-{series.Tone.ToString().ToLowerInvariant()}"));

    private string Summary => ChartWords.Summary(_feed, Board.Window, Board.FrozenAt is not null);

    private string? Absence => _feed switch
    {
        { IsLoading: true, IsEmpty: true } => "reading history…",
        { IsEmpty: true } when Board.FrozenAt is not null => "nothing was recorded in this window",
        { IsEmpty: true } => "collecting: first points in a second",
        { IsUnknown: true } => Unknown ?? "unknown in this window",
        _ => null,
    };

    private (ChartFeed Feed, int Version, TimeSpan Window, bool Frozen, string? Unknown) Current =>
        (_feed, _feed.Version, Board.Window, Board.FrozenAt is not null, Unknown);

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        _feed = Board[Spec.Id];
        _drawn = Current;
    }

    /// <inheritdoc />
    protected override void OnParametersSet() => _feed = Board[Spec.Id];

    /// <inheritdoc />
    protected override bool ShouldRender()
    {
        var changed = _toggled || Current != _drawn;
        (_drawn, _toggled) = (Current, false);
        return changed;
    }

    private void Table() => (_tabled, _toggled) = (!_tabled, true);
}
