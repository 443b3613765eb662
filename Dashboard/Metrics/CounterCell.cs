namespace Dashboard.Metrics;

/// <summary>A counter over a stretch of time, in parts that can be added.</summary>
/// <param name="Delta">How much it rose.</param>
/// <param name="Seconds">Seconds for which the rise is known; 0 means unknown.</param>
/// <param name="Peak">The highest rate of any single poll inside, per second.</param>
public readonly record struct CounterCell(double Delta, double Seconds, double Peak)
{
    /// <summary>Mean rise per second; null when unknown.</summary>
    public double? Rate => Seconds > 0 ? Delta / Seconds : null;

    public static CounterCell operator +(CounterCell a, CounterCell b) =>
        new(a.Delta + b.Delta, a.Seconds + b.Seconds, Math.Max(a.Peak, b.Peak));
}
