using Dashboard.Actions.Execution;
using Dashboard.Alerts;
using Dashboard.Components.Charts;
using Dashboard.Components.Circuits;
using Dashboard.Components.Instances;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>One instance in detail: what its state means, the facts, all charts of its purpose, and everything INFO reports.</summary>
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

    /// <summary>The search text of the INFO table.</summary>
    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    private InstanceState? State => InstanceId.Parse(Id) is { } id ? Picture.States.FirstOrDefault(state => state.Instance.Id == id) : null;

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
        if (State is null)
        {
            _charts = null;
            Request?.Response.StatusCode = StatusCodes.Status404NotFound;
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

    private void ZoomAsync(ChartRange range) => Go(View.FrozenBetween(range.From, range.To), Find);

    private void FindAsync(string? find) => Go(View, find, replace: true);

    private void Go(TimeView view, string? find, bool replace = false)
    {
        var query = string.IsNullOrWhiteSpace(find)
            ? view.Query
            : $"{view.Query}{(view.Query.Length == 0 ? '?' : '&')}find={Uri.EscapeDataString(find)}";
        Navigation.NavigateTo($"instances/{Id}{query}", replace: replace);
    }
}
