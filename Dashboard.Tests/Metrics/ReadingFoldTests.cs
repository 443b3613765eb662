using Dashboard.Info;

namespace Dashboard.Metrics;

/// <summary>Two polls make one reading; what cannot be compared is a gap, never a negative or giant rate.</summary>
public class ReadingFoldTests
{
    private const string Server = "valkey-8.0.1-cache";
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly int Hits = MetricCatalog.Counter("keyspace_hits");

    [Fact]
    public void FirstPoll_KnowsGaugesButNoRates()
    {
        var reading = ReadingFold.Between(null, Given.Answered(Server), Interval);

        Assert.Equal(ReadingFlags.Gap, reading.Marks);
        Assert.Equal((0, 1), (reading.Covered, reading.Held));
        Assert.All(reading.Counters, cell => Assert.Null(cell.Rate));
        Assert.Equal(8316696, reading.Gauges[MetricCatalog.Gauge("used_memory")].Mean);
        Assert.Equal(0.3, reading.Durations[0].Max);
    }

    [Fact]
    public void SteadyPolls_GiveTheRiseOverTheTimeThatPassed()
    {
        var reading = ReadingFold.Between(Given.Answered(Server), Given.Answered(Server, 1.5, ("keyspace_hits", "10414")), Interval);

        Assert.Equal(ReadingFlags.None, reading.Marks);
        Assert.Equal((1.5, 1.5), (reading.Covered, reading.Held));
        Assert.Equal(new CounterCell(150, 1.5, 100), reading.Counters[Hits]);
        Assert.Equal(new CounterCell(0, 1.5, 0), reading.Counters[MetricCatalog.Counter("keyspace_misses")]);
    }

    [Fact]
    public void NewRunId_IsARestart_EvenWithHigherCounters()
    {
        var now =
            Given.Answered(
                Server, 1, ("run_id", new string('b', 40)), ("keyspace_hits", "999999999"), ("total_commands_processed", "999999999"));

        var reading = ReadingFold.Between(Given.Answered(Server), now, Interval);

        Assert.Equal(ReadingFlags.Restart | ReadingFlags.Gap, reading.Marks);
        Assert.All(reading.Counters, cell => Assert.Equal(default, cell));
        Assert.Equal(new string('b', 40), reading.Epoch);
    }

    [Fact]
    public void NoRunIdButAShorterUptime_IsARestart()
    {
        var before = Given.Answered(Server, 0, ("run_id", null), ("uptime_in_seconds", "500"));
        var now = Given.Answered(Server, 1, ("run_id", null), ("uptime_in_seconds", "0"));

        Assert.True(ReadingFold.Between(before, now, Interval).Has(ReadingFlags.Restart));
    }

    [Fact]
    public void CountersThatFellInTheSameProcess_AreAReset()
    {
        var now = Given.Answered(Server, 1, ("keyspace_hits", "3"), ("keyspace_misses", "999999"), ("total_commands_processed", "999999"));

        var reading = ReadingFold.Between(Given.Answered(Server), now, Interval);

        Assert.Equal(ReadingFlags.Reset | ReadingFlags.Gap, reading.Marks);
        Assert.All(reading.Counters, cell => Assert.Equal(default, cell));
    }

    [Fact]
    public void ErrorsForgottenByTheServer_AreAReset()
    {
        var before = Given.Answered(Server, 0, ("errorstat_OOM", "count=5"));

        Assert.True(ReadingFold.Between(before, Given.Answered(Server, 1), Interval).Has(ReadingFlags.Reset));
    }

    [Fact]
    public void ChangesResetByASnapshot_AreTheOnlyUnknown()
    {
        var reading =
            ReadingFold.Between(Given.Answered(Server), Given.Answered(Server, 1, ("rdb_changes_since_last_save", "4")), Interval);

        Assert.Equal(ReadingFlags.None, reading.Marks);
        Assert.Null(reading.Counters[MetricCatalog.Counter("changes")].Rate);
        Assert.Equal(0, reading.Counters[Hits].Rate);
    }

    [Theory]
    [InlineData(2.5, false, "one poll missed: still compared")]
    [InlineData(2.6, true, "more than two missed: what lies between is not known")]
    [InlineData(3600, true, "an hour")]
    [InlineData(0, true, "two answers at one moment cannot give a rate")]
    public void PollsApart(double seconds, bool gap, string reason)
    {
        var reading = ReadingFold.Between(Given.Answered(Server), Given.Answered(Server, seconds, ("keyspace_hits", "10500")), Interval);

        Assert.True(reading.Has(ReadingFlags.Gap) == gap, reason);
        Assert.Equal(gap ? 0 : seconds, reading.Covered);
        Assert.Equal(gap ? 1 : seconds, reading.Held);
        Assert.Equal(gap, reading.Counters[Hits].Rate is null);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void WallClockSetByAnHour_ChangesNoRate(int hours)
    {
        var now = Given.Answered(Server, 1, ("keyspace_hits", "10364"));
        var stepped = now with { At = now.At.AddHours(hours) };

        Assert.Equal(new CounterCell(100, 1, 100), ReadingFold.Between(Given.Answered(Server), stepped, Interval).Counters[Hits]);
    }

    [Fact]
    public void CounterThatIsNotReported_IsTheOnlyUnknown()
    {
        var before = Given.Answered(Server, 0, ("keyspace_hits", null));
        var now = Given.Answered(Server, 1, ("keyspace_hits", "10264"));

        var reading = ReadingFold.Between(before, now, Interval);

        Assert.Equal(ReadingFlags.None, reading.Marks);
        Assert.Null(reading.Counters[Hits].Rate);
        Assert.Equal(0, reading.Counters[MetricCatalog.Counter("keyspace_misses")].Rate);
    }

    [Fact]
    public void ServerThatReportsNothing_GivesNothing()
    {
        var silent = Snapshot.Parse("");

        var reading = ReadingFold.Between(Given.Answered(silent), Given.Answered(silent, 1), Interval);

        Assert.Equal(ReadingFlags.None, reading.Marks);
        Assert.All(reading.Counters, cell => Assert.Equal(default, cell));
        Assert.All(reading.Gauges, cell => Assert.Null(cell.Mean));
        Assert.Null(reading.Epoch);
    }

    [Fact]
    public void DamagedReplies_NeverThrowNorGiveNegativeOrInfiniteRates()
    {
        var damage = new Damage(seed: 5);
        var before = Given.Answered(Server);
        for (var i = 1; i < 1_500; i++)
        {
            var now = Given.Answered(Snapshot.Parse(damage.Next()), i);

            var reading = ReadingFold.Between(before, now, Interval);

            Assert.All(reading.Counters, cell => Assert.True(cell.Delta >= 0 && double.IsFinite(cell.Peak)));
            Assert.All(
                MetricCatalog.All, metric => Assert.True(metric.Over(reading) is not { } value || double.IsFinite(value.Value), metric.Id));
            before = now;
        }
    }
}
