using Dashboard.Components.Charts;
using Dashboard.Components.Circuits;
using Dashboard.History;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Metrics.Series;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>
/// Keeps the charts of one instance on one page up to date: everything when the view changes, then what is new at each beat. Belongs to one
/// circuit.
/// </summary>
public sealed class LiveCharts
{
    /// <summary>How often coarse tiers are read from the store again: their newest stretch hardly changes within seconds.</summary>
    private static readonly TimeSpan CoarseEvery = TimeSpan.FromSeconds(10);

    private readonly ChartSource _source;
    private readonly Metric[] _metrics;
    private TimeView? _view;
    private ChartPlot? _plot;
    private DateTimeOffset _readAt;
    private bool _reading;

    internal LiveCharts(Instance instance, IReadOnlyList<ChartGroup> groups, ChartSource source, DateTimeOffset now)
    {
        (Instance, Purpose, Groups, _source) = (instance.Id, instance.Purpose, groups, source);
        Specs = [.. groups.SelectMany(group => group.Charts)];
        _metrics = [.. Specs.SelectMany(spec => spec.Series).Select(series => MetricCatalog.Get(series.Id)).Distinct()];
        Feed = new BoardFeed(Specs, ChartWindow.Default.Length, now);
    }

    public InstanceId Instance { get; }

    public Purpose Purpose { get; }

    public BoardFeed Feed { get; }

    /// <summary>The resolution that is drawn, in words.</summary>
    public string Resolution => _plot?.Resolution ?? "";

    /// <summary>What is wrong with history, if anything.</summary>
    public string? Notice => _plot?.Slice.Note ?? _source.Status.Notice;

    /// <summary>The state of the history that the charts are read from.</summary>
    public HistoryStatus History => _source.Status;

    internal IReadOnlyList<ChartGroup> Groups { get; }

    private IReadOnlyList<ChartSpec> Specs { get; }

    /// <summary>Shows another view: the charts are read again. The same view changes nothing.</summary>
    internal async Task ShowAsync(FleetSnapshot snapshot, TimeView view, DateTimeOffset now)
    {
        if (view == _view)
        {
            return;
        }

        _view = view;
        Feed.Advance(now);
        Feed.Show(view.Length, view.Frozen?.To);
        var slice = await _source.ReadAsync(StateIn(snapshot), view.From(now), view.To(now), _metrics);
        if (view == _view)
        {
            (_plot, _readAt) = (new ChartPlot(Feed, Specs, slice), now);
        }
    }

    /// <summary>Draws what is new since the last beat. A frozen view stays as it is; its numbers continue.</summary>
    internal async Task TickAsync(FleetSnapshot snapshot, DateTimeOffset now)
    {
        var state = StateIn(snapshot);
        Feed.Advance(now);
        if (_plot is { } plot && _view is { IsFrozen: false } view && !_reading
            && (plot.Slice.Tier == Tier.All[0] || now - _readAt >= CoarseEvery))
        {
            await ContinueAsync(plot, view, state, now);
        }

        ChartNumbers.Say(Feed, Specs, state);
    }

    private async Task ContinueAsync(ChartPlot plot, TimeView view, InstanceState state, DateTimeOffset now)
    {
        (_reading, _readAt) = (true, now);
        try
        {
            var slice = await _source.ContinueAsync(plot.Slice, state, now);
            if (plot == _plot && view == _view)
            {
                plot.Continue(slice, view.From(now));
            }
        }
        finally
        {
            _reading = false;
        }
    }

    private InstanceState StateIn(FleetSnapshot snapshot) => snapshot.States.First(state => state.Instance.Id == Instance);
}
