using Dashboard.Components.Charts;
using Dashboard.Components.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>The whole fleet at a glance: a card per instance, and the cache's charts below.</summary>
public sealed partial class OverviewPage
{
    private readonly List<LiveCharts> _charts = [];

    [Inject]
    internal ChartSource Source { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    /// <summary>All instances in the settings' order, each with its rank among the worst: a phone shows those first.</summary>
    private IEnumerable<(InstanceState State, int Rank)> Ranked
    {
        get
        {
            var worst = Picture.WorstFirst().ToList();
            return Picture.States.Select(state => (state, worst.IndexOf(state)));
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_charts.Count == 0)
        {
            _charts.AddRange(Picture.States
                .Where(state => state.Instance.Profile.OverviewCharts.Count > 0)
                .Select(state => new LiveCharts(state.Instance, [InstanceCharts.OfOverview(state.Instance.Purpose)], Source, Now)));
        }

        await ShowAsync();
    }

    protected override async Task BeatAsync()
    {
        foreach (var charts in _charts)
        {
            await charts.TickAsync(Picture, Now);
        }
    }

    private async Task ShowAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            foreach (var charts in _charts)
            {
                await charts.ShowAsync(Picture, View, Now);
            }
        }
    }

    private void ZoomAsync(ChartRange range) => Navigation.NavigateTo(View.FrozenBetween(range.From, range.To).Query);
}
