namespace Dashboard.Metrics;

/// <summary>The recent readings seen from one moment, joined over the lengths of time asked for. Each length is joined once, however many look.</summary>
/// <param name="now">The moment, on the monotonic clock.</param>
public sealed class Lookback(RecentReadings recent, TimeSpan now)
{
    /// <summary>Length of one of <see cref="Steps"/>.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>How many <see cref="Steps"/> there are: five minutes of them.</summary>
    public const int StepCount = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<TimeSpan, Reading?> _bySpan = [];
    private Reading?[]? _steps;

    /// <summary>The last <paramref name="span"/>, at most <see cref="RecentReadings.Span"/>; null when there is no reading.</summary>
    public Reading? Over(TimeSpan span)
    {
        lock (_gate)
        {
            if (!_bySpan.TryGetValue(span, out var reading))
            {
                reading = Reading.Join(recent.Last(span, now));
                _bySpan[span] = reading;
            }

            return reading;
        }
    }

    /// <summary>The last five minutes in steps of 5 s, aligned on the monotonic clock so that a step keeps its readings, oldest first, the step under way left out; null where nothing was read.</summary>
    public IReadOnlyList<Reading?> Steps()
    {
        lock (_gate)
        {
            return _steps ??= JoinSteps();
        }
    }

    private Reading?[] JoinSteps()
    {
        var steps = new Reading?[StepCount];
        var underWay = IndexOf(now);
        for (var i = 0; i < recent.All.Length; i++)
        {
            var index = IndexOf(recent.Uptimes[i]) - underWay + StepCount;
            if (index is >= 0 and < StepCount)
            {
                steps[index] = steps[index]?.Then(recent.All[i]) ?? recent.All[i];
            }
        }

        return steps;
    }

    private static long IndexOf(TimeSpan uptime) => uptime.Ticks / Step.Ticks;
}
