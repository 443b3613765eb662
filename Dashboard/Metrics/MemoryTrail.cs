using System.Collections.Immutable;

namespace Dashboard.Metrics;

/// <summary>How much memory a server used, minute by minute, over the last two hours.</summary>
public sealed record MemoryTrail
{
    /// <summary>The least time between two points.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1);

    private const int MaxPoints = 121;

    public static readonly MemoryTrail None = new();

    /// <summary>Seconds of the monotonic clock and bytes, oldest first.</summary>
    public ImmutableArray<(double Seconds, double Value)> Points { get; private init; } = [];

    /// <param name="uptime">The time of the console's monotonic clock.</param>
    /// <param name="used">In bytes; null where the server does not say.</param>
    public MemoryTrail With(TimeSpan uptime, double? used)
    {
        if (used is not { } bytes || (Points is [.., var last] && uptime.TotalSeconds - last.Seconds < Step.TotalSeconds))
        {
            return this;
        }

        var points = Points.Length < MaxPoints ? Points : Points.RemoveAt(0);
        return new() { Points = points.Add((uptime.TotalSeconds, bytes)) };
    }
}
