using Dashboard.Actions.Execution;
using Dashboard.Alerts;
using Dashboard.Components.Charts;
using Dashboard.Components.Circuits;
using Dashboard.Components.Instances;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>
/// One instance in detail, in tabs: the facts with all charts of its purpose, its actions, everything INFO reports, and what the console
/// may do there.
/// </summary>
public sealed partial class InstancePage
{
    private LiveCharts? _charts;

    [Inject]
    internal ChartSource Source { get; set; } = default!;

    [Inject]
    internal RunCache Board { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    /// <summary>The request while the page is rendered without a circuit; null in a circuit.</summary>
    [CascadingParameter]
    public HttpContext? Request { get; set; }

    /// <summary>The instance's id, from the path.</summary>
    [Parameter]
    public required string Id { get; set; }

    /// <summary>The tab, from the path; null for the first.</summary>
    [Parameter]
    public string? Tab { get; set; }

    /// <summary>The search text of the INFO table.</summary>
    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    private InstanceState? State => InstanceId.Parse(Id) is { } id ? Picture.States.FirstOrDefault(state => state.Instance.Id == id) : null;

    /// <summary>The tab shown; null where the address names none. An address with a search text alone is of the INFO table.</summary>
    private InstanceTab? Shown => Tab is null && !string.IsNullOrEmpty(Find) ? InstanceTab.Info : InstanceTab.Parse(Tab);

    private IReadOnlyList<Finding> Findings => Picture.Of(State!.Instance.Id);

    private LatestRuns Runs => Board.Of(State!.Instance.Id);

    private HealthSummary HealthSummary => HealthSummary.Of(State!, Findings);

    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (RendererInfo.IsInteractive)
        {
            Board.Changed += AskBeat;
        }
    }

    protected override void OnDisposed() => Board.Changed -= AskBeat;

    protected override async Task OnParametersSetAsync()
    {
        if (State is null || Shown is null)
        {
            _charts = null;
            Request?.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (Shown != InstanceTab.Board)
        {
            _charts = null;
            return;
        }

        if (_charts?.Instance != State.Instance.Id)
        {
            _charts = new LiveCharts(State.Instance, InstanceCharts.Of(State.Instance.Purpose), Source, Now);
        }

        if (RendererInfo.IsInteractive)
        {
            await _charts.ShowAsync(Picture, View, Now);
        }
    }

    protected override Task BeatAsync() => _charts?.TickAsync(Picture, Now) ?? Task.CompletedTask;

    private void ZoomAsync(ChartRange range) =>
        Navigation.NavigateTo(InstanceTab.Board.PathOf(Id) + View.FrozenBetween(range.From, range.To).Query);

    private void FindAsync(string? find)
    {
        var query = string.IsNullOrWhiteSpace(find)
            ? View.Query
            : $"{View.Query}{(View.Query.Length == 0 ? '?' : '&')}find={Uri.EscapeDataString(find)}";
        Navigation.NavigateTo(InstanceTab.Info.PathOf(Id) + query, replace: true);
    }
}
