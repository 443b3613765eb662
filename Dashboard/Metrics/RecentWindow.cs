namespace Dashboard.Metrics;

/// <summary>
/// The recent readings seen from one moment, joined over the lengths of time asked for. Each length is joined once, however many callers
/// ask.
/// </summary>
/// <param name="now">The moment, on the monotonic clock.</param>
/// <param name="interval">The usual time between two readings.</param>
public sealed class RecentWindow(RecentReadings recent, TimeSpan now, TimeSpan interval = default)
{
    private static readonly TimeSpan StepsSpan = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MinStep = TimeSpan.FromSeconds(5);

    /// <summary>Fewer steps make no line; a quarter of an hour holds as many at the longest interval.</summary>
    private const int MinSteps = 7;

    private readonly Lock _gate = new();
    private readonly Dictionary<TimeSpan, Reading?> _bySpan = [];
    private Reading?[]? _steps;

    /// <summary>
    /// The last <paramref name="span"/> as one reading, at most <see cref="RecentReadings.Span"/>; null when there is no reading.
    /// </summary>
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
    /// The length of one of <see cref="Steps"/>: 5 s, or two intervals where that is longer, so that a slightly late poll leaves no step
    /// empty.
    /// </summary>
    public TimeSpan Step { get; } = interval * 2 > MinStep ? interval * 2 : MinStep;

    private int StepCount => Math.Max(MinSteps, (int)(StepsSpan / Step));

    /// <summary>
    /// The last five minutes in steps, oldest first, without the step in progress; longer where five minutes hold too few steps. Steps are
    /// aligned on the monotonic clock so that each keeps its readings. Null where nothing was read.
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
        var current = IndexOf(now);
        for (var i = 0; i < recent.All.Length; i++)
        {
            var index = IndexOf(recent.Uptimes[i]) - current + steps.Length;
            if (index >= 0 && index < steps.Length)
            {
                steps[index] = steps[index]?.Then(recent.All[i]) ?? recent.All[i];
            }
        }

        return steps;
    }

    private long IndexOf(TimeSpan uptime) => uptime.Ticks / Step.Ticks;
}
