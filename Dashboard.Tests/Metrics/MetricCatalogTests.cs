using System.Text.RegularExpressions;
using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>The rules that every metric follows.</summary>
public partial class MetricCatalogTests
{
    public static TheoryData<string> Each => [.. MetricCatalog.All.Select(metric => metric.Id)];

    [Fact]
    public void Ids_AreUnique()
    {
        Assert.Equal(MetricCatalog.All.Length, MetricCatalog.All.DistinctBy(metric => metric.Id).Count());
    }

    [Theory, MemberData(nameof(Each))]
    public void Metric_IsNamedAndExplained(string id)
    {
        var metric = MetricCatalog.Get(id);

        Assert.Matches(Snake(), metric.Id);
        Assert.True(metric.Title.Length is > 1 and <= 30, metric.Title);
        Assert.Matches(Sentence(), metric.Help);
        Assert.InRange(metric.Help.Length, 10, 200);
        Assert.Same(metric, MetricCatalog.Find(id));
    }

    [Theory, MemberData(nameof(Each))]
    public void Metric_IsValidOnEveryRecording(string id)
    {
        var metric = MetricCatalog.Get(id);
        foreach (var recording in Recorded.Names)
        {
            var (first, second) = (Given.Answered(recording), Given.Answered(recording, 1));
            var steady = ReadingFold.Between(first, second, TimeSpan.FromSeconds(1));
            var restarted =
                ReadingFold.Between(first, Given.Answered(recording, 1, ("run_id", new string('b', 40))), TimeSpan.FromSeconds(1));

            foreach (var reading in new[] { steady, restarted, ReadingFold.Between(null, first, TimeSpan.FromSeconds(1)),
                steady.Then(Reading.Nothing(Given.Start)).Then(restarted) })
            {
                Assert.True(
                    metric.Over(reading) is not { } value
                        || (double.IsFinite(value.Value) && value.Min <= value.Value && value.Value <= value.Max),
                            $"{id} on {recording}: {metric.Over(reading)}");
            }
        }
    }

    [Theory, MemberData(nameof(Each))]
    public void Metric_OfNothing_IsUnknown(string id)
    {
        Assert.Null(MetricCatalog.Get(id).Over(Reading.Nothing(Given.Start)));
    }

    [Fact]
    public void EveryMetric_IsKnownInSomeRecording()
    {
        var supplementary = new SupplementaryFacts(AppProcesses: 2, IdentitiesOnline: 3);
        var readings = Recorded.Names.Select(Recorded.Snapshot)
            .Select(
                facts =>
                    ReadingFold.Between(
                        Given.Answered(facts, 0, supplementary), Given.Answered(facts, 1, supplementary), TimeSpan.FromSeconds(1)))
            .ToList();

        var never = MetricCatalog.All.Where(metric => !readings.Any(reading => metric.Over(reading) is not null))
            .Select(metric => metric.Id);

        // Unchanged counters make no lookups, so only the hit rate cannot be seen here.
        Assert.Equal(["hit_rate"], never);
    }

    [Theory, MemberData(nameof(Each))]
    public void DerivedMetric_NamesStoredPartsOnly(string id)
    {
        if (MetricCatalog.Get(id) is DerivedMetric derived)
        {
            Assert.NotEmpty(derived.Parts);
            Assert.All(derived.Parts, part => Assert.True(MetricCatalog.Get(part) is CounterMetric or GaugeMetric));
        }
    }

    [Fact]
    public void Redis70_LeavesUnknownWhatItDoesNotReport()
    {
        var reading =
            ReadingFold.Between(Given.Answered("redis-7.0.15-cache"), Given.Answered("redis-7.0.15-cache", 1), TimeSpan.FromSeconds(1));

        var unknown = MetricCatalog.Counters.Where(metric => metric.Over(reading) is null).Select(metric => metric.Id);

        Assert.Equal(["output_buffer_disconnections", "aof_delayed_fsync", "eventloop_us", "denied_auth"], unknown);
    }

    [Fact]
    public void Find_OfAnotherId_IsNothing()
    {
        Assert.Null(MetricCatalog.Find("no_such_metric"));
        Assert.Throws<KeyNotFoundException>(() => MetricCatalog.Get("no_such_metric"));
    }

    [GeneratedRegex("^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
    private static partial Regex Snake();

    [GeneratedRegex(@"^[A-Z(Δ].*[.]$")]
    private static partial Regex Sentence();
}
