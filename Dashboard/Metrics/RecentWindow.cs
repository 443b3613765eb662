namespace Dashboard.Metrics;

/// <summary>
/// The recent readings seen from one moment, joined over the lengths of time asked for. Each length is joined once, however many look.
/// </summary>
/// <param name="now">The moment, on the monotonic clock.</param>
/// <param name="interval">Usual time between two readings.</param>
public sealed class RecentWindow(RecentReadings recent, TimeSpan now, TimeSpan interval = default)
{
    private static readonly TimeSpan StepsSpan = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(5);

    /// <summary>Fewer make no line; a quarter of an hour holds as many at the longest interval.</summary>
    private const int FewestSteps = 7;

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

    /// <summary>
    /// Length of one of <see cref="Steps"/>: 5 s, or two intervals where that is longer, so that a poll a little late leaves no step empty.
    /// </summary>
    public TimeSpan Step { get; } = interval * 2 > ShortestStep ? interval * 2 : ShortestStep;

    private int StepCount => Math.Max(FewestSteps, (int)(StepsSpan / Step));

    /// <summary>
    /// The last five minutes in steps, aligned on the monotonic clock so that a step keeps its readings, oldest first, the step under way
    /// left out; null where nothing was read.
    /// </summary>
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
            var index = IndexOf(recent.Uptimes[i]) - underWay + steps.Length;
            if (index >= 0 && index < steps.Length)
            {
                steps[index] = steps[index]?.Then(recent.All[i]) ?? recent.All[i];
            }
        }

        return steps;
    }

    private long IndexOf(TimeSpan uptime) => uptime.Ticks / Step.Ticks;
}
