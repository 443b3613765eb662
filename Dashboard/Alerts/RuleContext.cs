using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Alerts;

/// <summary>What a rule may read: one instance after its latest poll.</summary>
/// <param name="Latest">The latest poll.</param>
/// <param name="Facts">The latest poll that was answered; older than <paramref name="Latest"/> when that one failed; null when none ever
/// was.</param>
/// <param name="Failures">Polls failed in a row, 0 when the latest was answered.</param>
/// <param name="Failing">How long polls have been failing.</param>
public sealed record RuleContext(
    Instance Instance, PollResult Latest, PollResult.Answered? Facts, int Failures, TimeSpan Failing, RecentWindow Window)
{
    /// <summary>How long an error of the server keeps its finding after it last happened.</summary>
    private static readonly TimeSpan ErrorMemory = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan StillRisingSpan = TimeSpan.FromSeconds(10);

    /// <summary>Whether the console has seen application processes listen here since it started.</summary>
    public bool ListenersSeen { get; init; }

    /// <summary>The facts of the latest poll; null when it failed, so that no rule uses stale facts by mistake.</summary>
    public Snapshot? Now => Latest is PollResult.Answered answered ? answered.Snapshot : null;

    public Fault? Fault => Latest is PollResult.Failed failed ? failed.Fault : null;

    /// <summary>Down after three failed polls or 5 s, whichever is later.</summary>
    public bool IsDown => Failures >= 3 && Failing >= TimeSpan.FromSeconds(5);

    /// <summary>How much a counter rose in the last minute; 0 when nothing is known.</summary>
    public double RoseInLastMinute(string counter) => RoseIn(ErrorMemory, counter);

    /// <summary>Whether it rose in the last 10 s: what it counts still happens.</summary>
    public bool StillRises(string counter) => RoseIn(StillRisingSpan, counter) > 0;

    /// <summary>The highest value of a gauge in the last <paramref name="span"/>; null when nothing is known.</summary>
    public double? HighestIn(TimeSpan span, string gauge) =>
        Window.Over(span)?.Gauges[MetricCatalog.Gauge(gauge)] is { Seconds: > 0 } cell ? cell.Max : null;

    private double RoseIn(TimeSpan span, string counter) => Window.Over(span)?.Counters[MetricCatalog.Counter(counter)].Delta ?? 0;

    public Finding Found(string rule, Severity severity, string status, string sentence, string remedy, bool standing = false) =>
        new(rule, Instance.Id, severity, status, sentence, remedy, standing);
}
