using Dashboard.Alerts;
using Dashboard.Access.Roles;
using Dashboard.Components.Access;
using Dashboard.Components.Charts;
using Dashboard.Components.Instances;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Pages;

/// <summary>
/// The whole fleet at a glance: a card per instance, and the cache's charts below. Many instances are a table, with cards for what hurts.
/// </summary>
public sealed partial class OverviewPage
{
    /// <summary>One row of them, so that the table is on the screen as well.</summary>
    private const int MaxCardsBesideTable = 3;

    private readonly List<LiveCharts> _charts = [];

    [Inject]
    internal ChartSource Source { get; set; } = default!;

    [Inject]
    internal NavigationManager Navigation { get; set; } = default!;

    /// <summary>The search text of the table.</summary>
    [SupplyParameterFromQuery]
    public string? Find { get; set; }

    private bool OffersTokens => Services.GetService<CircuitSession>()?.May(Permission.ListTokens) == true;

    private bool IsTable => Picture.States.Length > InstanceSearch.MaxAtOnce;

    /// <summary>
    /// The instances with a card, each with its rank among the worst: a phone shows those first. All in the settings' order, or, beside a
    /// table, the worst of those with findings.
    /// </summary>
    private List<(InstanceState State, int Rank)> CardsOf()
    {
        var worst = Picture.WorstFirst().ToList();
        return IsTable
            ? [
                .. worst.Where(state => Picture.Of(state.Instance.Id).Length > 0).Take(MaxCardsBesideTable)
                    .Select((state, rank) => (state, rank)),
            ]
            : [.. Picture.States.Select(state => (state, worst.IndexOf(state)))];
    }

    /// <summary>Whether a card says it: the worst finding of an instance that has one.</summary>
    private bool IsOn(List<(InstanceState State, int Rank)> cards, Finding finding) =>
        cards.Exists(card => card.State.Instance.Id == finding.Instance)
        && Picture.Of(finding.Instance) is [var worst, ..] && worst == finding;

    protected override async Task OnParametersSetAsync()
    {
        if (_charts.Count == 0 && !IsTable)
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

    private void Search(string? find) => Navigation.NavigateTo(
        string.IsNullOrWhiteSpace(find) ? "./" + View.Query
            : $"./{View.Query}{(View.Query.Length == 0 ? '?' : '&')}find={Uri.EscapeDataString(find)}",
        replace: true);

    private void ZoomAsync(ChartRange range) => Navigation.NavigateTo(View.FrozenBetween(range.From, range.To).Query);
}
