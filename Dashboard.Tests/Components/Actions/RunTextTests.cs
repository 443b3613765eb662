using Dashboard.Actions;
using Dashboard.Audit.Events;
using Dashboard.Components.Times;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Actions;

/// <summary>The texts that describe a run.</summary>
public sealed class RunTextTests
{
    private static readonly Run InProgress =
        new(Guid.Empty, "keys.reclaim", InstanceId.Of("session"), "abc", 0, "", "guest", "here-1", Given.Start)
        {
            Done = 12_300,
            Total = 100_000
        };

    private static readonly Run Over = InProgress with
    {
        EndedAt = Given.Start.AddSeconds(10),
        Result = AuditResult.Done,
        Sentence = "About 20 expired keys were removed.",
        Counts = new Dictionary<string, long> { ["keys_before"] = 21_000, ["memory_freed"] = 2_048 },
    };

    [Theory]
    [InlineData(12_300L, 100_000L, 1.0, "12\u202F300 of about 100\u202Fk keys · about 8 s left")]
    [InlineData(900L, 100_000L, 1.0, "900 of about 100\u202Fk keys")] // too early to say
    [InlineData(0L, 100_000L, 1.0, "0 of about 100\u202Fk keys")]
    [InlineData(120_000L, 100_000L, 1.0, "100\u202Fk of about 100\u202Fk keys · about 1 s left")] // keys were added during the run
    [InlineData(500L, null, 1.0, "500 keys")]
    public void Progress_SaysHowFar(long done, long? total, double second, string expected) =>
        Assert.Equal(expected, RunText.Progress(InProgress with { Done = done, Total = total }, Given.Start.AddSeconds(second)));

    [Fact]
    public void Times_IncludeTheDay_UnlessItIsToday()
    {
        Assert.Equal("since 12:00:00 UTC", RunText.Times(InProgress, Given.Start.AddHours(1), DisplayTimeZone.Utc));
        Assert.Equal("12:00:00 to 12:00:10 UTC, 10 s", RunText.Times(Over, Given.Start.AddHours(1), DisplayTimeZone.Utc));
        Assert.Equal("2026-03-01 12:00:00 to 12:00:10 UTC, 10 s", RunText.Times(Over, Given.Start.AddDays(1), DisplayTimeZone.Utc));
    }

    /// <summary>In India the run began on the next day, half an hour past the hour.</summary>
    [Fact]
    public void Times_AreInTheZoneOfThePerson()
    {
        var (india, late) = (DisplayTimeZone.Parse("Asia/Kolkata"), Over with
        {
            BegunAt = Given.Start.AddHours(6.75),
            EndedAt = Given.Start.AddHours(7)
        });

        Assert.Equal("2026-03-02 00:15:00 to 00:30:00 +05:30, 15 min", RunText.Times(late, Given.Start, india));
        Assert.Equal("00:15:00 to 00:30:00 +05:30, 15 min", RunText.Times(late, Given.Start.AddHours(8), india));
        Assert.Equal("Reclaim on session: done at 00:30:00 +05:30.", RunText.Outcome(late, "Reclaim", india));
        Assert.Contains("2026-03-01 18:45:00 to 19:00:00 UTC", RunText.Markdown(late, "Reclaim"), StringComparison.Ordinal);
    }

    [Fact]
    public void Markdown_IsComplete_AndItsTextsAreEscaped()
    {
        var text = RunText.Markdown(Over with { Operator = "g*est_[x](y)" }, "Reclaim expired keys");

        Assert.Equal(
            "**Reclaim expired keys** on session: done\n\n- by g\\*est\\_\\[x\\](y), 2026-03-01 12:00:00 to 12:00:10 UTC\n"
            + "- server process (run_id) abc, database 0\n"
            + "- About 20 expired keys were removed.\n- keys before 21\u202F000 · memory freed 2.00\u202FkB\n",
            text);
    }

    [Fact]
    public void DifferencesOfPlans_AreListed()
    {
        var first =
            new ActionPlan(
                Guid.NewGuid(), "probe", Given.Instance(Purpose.Cache), "abc",
                Given.Start)
            { Counts = new Dictionary<string, long> { ["keys"] = 1_000, ["expires"] = 9 } };

        Assert.Null(PlanDiff.Between(first, first));
        Assert.Equal(
            "keys +200, expires −3",
            PlanDiff.Between(first, first with { Counts = new Dictionary<string, long> { ["keys"] = 1_200, ["expires"] = 6 } }));
        Assert.False(PlanDiff.IsOfOneServer(first, first with { RunId = "def" }));
        Assert.True(PlanDiff.IsOfOneServer(first, first with { Id = Guid.NewGuid() }));
    }
}
