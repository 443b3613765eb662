using Dashboard.Components.Charts;
using Dashboard.Components.Instances;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics.Series;
using Dashboard.Monitoring;
using Dashboard.Text;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>Everything that the console says about a hostile server: log lines, findings, words on cards and charts.</summary>
public sealed class HostilePollTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<Poller> _log = new();
    private readonly LogLines<Fleet> _fleetLog = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Each hostile text with each purpose.</summary>
    public static TheoryData<string, Purpose> Each
    {
        get
        {
            var rows = new TheoryData<string, Purpose>();
            foreach (var name in HostileTexts.Each)
            {
                rows.AddRange(Purpose.All.Select(purpose => new TheoryDataRow<string, Purpose>(name, purpose)));
            }

            return rows;
        }
    }

    [Theory, MemberData(nameof(Each))]
    public async Task HostileText_IsRepeatedHarmlessly(string name, Purpose purpose)
    {
        var text = HostileTexts.Text(name);
        var infos = HostileInfo.Each(text).ToArray();
        var server = new FakeServerWatcher().AnswerInfo(infos)
            .Answer("INFO", ErrorReply.Read(text), ErrorReply.Read("MISCONF " + text), ErrorReply.Read("WRONGPASS " + text), infos[0])
            .Answer("CONFIG GET save", text).Answer("CONFIG GET appendfsync", text).Answer("PUBSUB NUMSUB _action_cable_internal", 1)
                .Answer("PUBSUB "
                + "CHANNELS *action_cable/*", 1);
        var settings = Given.Settings(purpose, purpose == Purpose.Session ? Purpose.Cache : Purpose.Session);
        var fleet = new Fleet(settings, _fleetLog);
        var pollers = settings.Instances.Select(instance => new Poller(instance, server, fleet, settings, _time, _log)).ToList();

        for (var poll = 0; poll < 2 * (infos.Length + 4); poll++)
        {
            await pollers[poll % 2].PollAsync(Cancel);
            _time.Advance(TimeSpan.FromSeconds(60));

            Assert.All(TextsOf(fleet), line => Harmless.Assert(line));
        }

        Assert.All(_log.Lines, line => Harmless.Assert(line, 400));
        Assert.NotEmpty(_log.Lines);
        Assert.Empty(_fleetLog.Lines);
    }

    /// <summary>All texts that pages take from the states, except the fields of INFO themselves.</summary>
    private static IEnumerable<string> TextsOf(Fleet fleet)
    {
        var snapshot = FleetSnapshot.Of(fleet.States);
        foreach (var finding in snapshot.Findings)
        {
            string[] texts = [finding.Status, finding.Sentence, finding.Remedy, .. finding.Details];
            foreach (var text in texts)
            {
                yield return text;
            }
        }

        foreach (var state in snapshot.States)
        {
            var (findings, vitals) = (snapshot.Of(state.Instance.Id), KeyFigures.Of(state, TimeSpan.FromMinutes(5)));
            var healthSummary = HealthSummary.Of(state, findings);
            string[] texts =
            [
                healthSummary.Chip, healthSummary.Level, healthSummary.Sentence, MemoryMeter.Of(state, findings).Words,
                .. CardFacts.Of(state), .. InstanceFacts.Of(state).Select(fact => fact.Value),
                .. vitals.Tiles.Prepend(vitals.Hero)
                    .SelectMany(figure => new[] { figure.Label, figure.Number, figure.Suffix, figure.Help }), .. OfCharts(state),
                        state.LatestReading?.Epoch ?? "",
            ];
            foreach (var text in texts)
            {
                yield return text;
            }
        }
    }

    private static IEnumerable<string> OfCharts(InstanceState state)
    {
        var specs = InstanceCharts.Of(state.Instance.Purpose).SelectMany(group => group.Charts).ToList();
        var board = new BoardFeed(specs, TimeSpan.FromMinutes(5), Given.Start);
        return specs.Select(spec => ChartWords.Summary(board[spec.Id], TimeSpan.FromMinutes(5), frozen: false))
            .Concat(
                SeriesMarks.Of(state.Recent.All.Select(ReadingMarker.Of), ChartScale.For(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1)))
                    .Select(mark => mark.Text));
    }
}
