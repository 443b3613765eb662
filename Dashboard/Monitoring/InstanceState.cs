using System.Collections.Immutable;
using Dashboard.Alerts;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>
/// All that is known about one instance now. <see cref="After"/> is the core of the program: the next state is a pure function of this one
/// and one poll.
/// </summary>
/// <param name="Interval">The poll interval.</param>
public sealed record InstanceState(Instance Instance, TimeSpan Interval)
{
    /// <summary>The latest poll; null before the first.</summary>
    public PollResult? Latest { get; private init; }

    /// <summary>
    /// The latest poll that was answered: the facts that are shown, greyed with their age when they are not the latest poll's.
    /// </summary>
    public PollResult.Answered? Facts { get; private init; }

    /// <summary>The reading of the poll in <see cref="Facts"/>: its gauges are as old as the facts.</summary>
    public Reading? FactsReading { get; private init; }

    /// <summary>The number of polls failed in a row.</summary>
    public int Failures { get; private init; }

    /// <summary>The first failure of the current row; null when the latest poll was answered.</summary>
    public PollResult.Failed? FirstFailure { get; private init; }

    /// <summary>Whether application processes were seen listening here.</summary>
    public bool ListenersSeen { get; private init; }

    /// <summary>The memory used over the last hours.</summary>
    public MemoryTrail MemoryTrail { get; private init; } = MemoryTrail.None;

    public RecentReadings Recent { get; private init; } = RecentReadings.None;

    /// <summary>The recent readings seen from the latest poll.</summary>
    public RecentWindow Window { get; private init; } = new(RecentReadings.None, default);

    /// <summary>The reading of the latest poll.</summary>
    public Reading? LatestReading => Recent.All.IsEmpty ? null : Recent.All[^1];

    /// <summary>What the rules found at the latest poll, worst first.</summary>
    public ImmutableArray<Finding> Findings { get; private init; } = [];

    /// <summary>Whether the facts shown are the latest poll's.</summary>
    public bool IsAnswering => Latest is PollResult.Answered;

    /// <summary>How long polls have been failing, on the monotonic clock; zero when they are not.</summary>
    public TimeSpan Failing => FirstFailure is { } first ? Latest!.Uptime - first.Uptime : TimeSpan.Zero;

    public InstanceState After(PollResult result)
    {
        var next = result switch
        {
            PollResult.Answered answered => Answered(answered, ReadingFold.Between(Facts, answered, Interval)),
            PollResult.Failed failed => this with
            {
                Latest = failed,
                Failures = Failures + 1,
                FirstFailure = FirstFailure ?? failed,
                Recent = Recent.With(Reading.Nothing(failed.At) with { Marks = ReadingFlags.Gap | CauseOf(failed.Fault) }, failed.Uptime),
            },
            _ => throw new ArgumentOutOfRangeException(nameof(result)),
        };
        next = next with { Window = new(next.Recent, result.Uptime, Interval) };
        return next with { Findings = AlertRules.Evaluate(next.Context()) };
    }

    private InstanceState Answered(PollResult.Answered answered, Reading reading) => this with
    {
        Latest = answered,
        Facts = answered,
        FactsReading = reading,
        Failures = 0,
        FirstFailure = null,
        Recent = Recent.With(reading, answered.Uptime),
        ListenersSeen = ListenersSeen || answered.Supplementary.AppProcesses > 0,
        MemoryTrail = MemoryTrail.With(answered.Uptime, answered.Snapshot.Memory.Used),
    };

    /// <summary>A metric over the last <paramref name="span"/>, at most 15 minutes; null when unknown.</summary>
    public MetricValue? Over(Metric metric, TimeSpan span) => Window.Over(span) is { } reading ? metric.Over(reading) : null;

    private static ReadingFlags CauseOf(Fault fault) => fault.Kind switch
    {
        FaultKind.Refused => ReadingFlags.Refused,
        FaultKind.Hung or FaultKind.Closed or FaultKind.Unreachable => ReadingFlags.Unanswered,
        _ => ReadingFlags.Rejected,
    };

    private RuleContext Context() => new(Instance, Latest!, Facts, Failures, Failing, Window) { ListenersSeen = ListenersSeen };
}
