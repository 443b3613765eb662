using Dashboard.Actions;
using Dashboard.Audit.Events;
using Dashboard.Components.Times;
using Dashboard.Metrics;
using Dashboard.Text;

namespace Dashboard.Components.Actions;

/// <summary>Describes a run, for the page and for the clipboard. Pure.</summary>
internal static class RunText
{
    /// <summary>E.g. <c>12 300 of about 100 k keys · about 4 s left</c>.</summary>
    public static string Progress(Run run, DateTimeOffset now)
    {
        var far = run.Total is { } total ? $"{Count(Math.Min(run.Done, total))} of about {Count(total)} keys" : $"{Count(run.Done)} keys";
        return run.LeftAt(now) is { } left ? $"{far} · about {DurationText.Text(left + TimeSpan.FromSeconds(1))} left" : far;
    }

    /// <summary>Progress, 0 to 100; null while it is not known.</summary>
    public static double? Percent(Run run) => run.Total is > 0 and { } total ? Math.Min(100, 100.0 * run.Done / total) : null;

    /// <summary>E.g. <c>12:03:11 to 12:03:21 UTC, 10 s</c>; with the day unless it is today.</summary>
    public static string Times(Run run, DateTimeOffset now, DisplayTimeZone zone) => run.EndedAt is { } end
        ? $"{Day(run.BegunAt, now, zone)}{zone.Clocks(run.BegunAt, end)}, {DurationText.Text(end - run.BegunAt)}"
        : $"since {Day(run.BegunAt, now, zone)}{zone.Clock(run.BegunAt)}";

    /// <summary>
    /// The outcome for a person who is elsewhere, e.g. <c>Reclaim expired keys on cache: done at 03:12:40 UTC.</c>; what was not done has
    /// its reason.
    /// </summary>
    public static string Outcome(Run run, string title, DisplayTimeZone zone)
    {
        var at = run.EndedAt is { } end ? $" at {zone.Clock(end)}" : "";
        var why = run.Result == AuditResult.Done ? "" : $" {SentenceTimes.In(zone, run.Sentence, run.EndedAt ?? run.BegunAt)}";
        return $"{title} on {run.Instance}: {Word(run.Result)}{at}.{why}";
    }

    /// <summary>The level for <see cref="Instances.StatusChip"/>.</summary>
    public static string Level(AuditResult? result) => result switch
    {
        AuditResult.Done => "ok",
        AuditResult.Failed => "bad",
        _ => "warn",
    };

    /// <summary>The same for a message of MudBlazor.</summary>
    public static MudBlazor.Severity SeverityOf(AuditResult? result) => result switch
    {
        AuditResult.Done => MudBlazor.Severity.Success,
        AuditResult.Failed => MudBlazor.Severity.Error,
        _ => MudBlazor.Severity.Warning,
    };

    public static string Word(AuditResult? result) => result is { } known ? AuditText.Of(known) : "unknown";

    /// <summary>E.g. <c>keys before 21 000 · reclaimed 20 000</c>; empty when nothing was counted.</summary>
    public static string Counts(IReadOnlyDictionary<string, long> counts) =>
        string.Join(" · ", counts.Select(count => $"{count.Key.Replace('_', ' ')} {Number(count.Key, count.Value)}"));

    /// <summary>The run in Markdown, to paste into a ticket. It is read by others, so its times are in UTC.</summary>
    public static string Markdown(Run run, string title) => string.Join('\n', (string[])[
        $"**{Plain(title)}** on {Plain(run.Instance.Value)}: {Word(run.Result)}",
        "",
        $"- by {Plain(run.Operator)}, {DisplayTimeZone.Utc.Day(run.BegunAt)} {DisplayTimeZone.Utc.TimeOfDay(run.BegunAt)} to "
            + $"{(run.EndedAt is { } end ? DisplayTimeZone.Utc.TimeOfDay(end) : "now")} UTC",
        $"- server process (run_id) {run.RunId}, database {run.Database}",
        .. run.Sentence is { } sentence ? [$"- {Plain(sentence)}"] : Array.Empty<string>(),
        .. run.Counts.Count > 0 ? [$"- {Plain(Counts(run.Counts))}"] : Array.Empty<string>(),
        ""]);

    /// <summary>Formats a count by its name: one that begins with <c>memory</c> is in bytes.</summary>
    public static string Number(string name, long value) =>
        UnitFormat.Text(name.StartsWith("memory", StringComparison.Ordinal) ? Unit.Bytes : Unit.Count, value);

    private static string Count(long number) => UnitFormat.Text(Unit.Count, number);

    private static string Day(DateTimeOffset at, DateTimeOffset now, DisplayTimeZone zone) =>
        zone.Day(at) == zone.Day(now) ? "" : $"{zone.Day(at)} ";

    /// <summary>Escapes text for Markdown.</summary>
    private static string Plain(string text) =>
        string.Concat(
            text.Select(
                letter =>
                    letter is '*' or '_' or '`' or '[' or ']' or '<' or '>' or '|' or '\\' or '#' or '~' ? $"\\{letter}" : $"{letter}"));
}
