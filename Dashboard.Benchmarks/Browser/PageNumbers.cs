namespace Dashboard.Benchmarks.Browser;

/// <summary>The browser's counters of one page at one moment, in seconds since it began.</summary>
/// <param name="At">The moment.</param>
/// <param name="Tasks">The main thread at work, in wall-clock time.</param>
/// <param name="Script">The part of that in scripts.</param>
/// <param name="Layout">The part of that in computing styles and layout.</param>
/// <param name="Draws">Charts drawn.</param>
internal sealed record PageNumbers(double At, double Tasks, double Script, double Layout, int Draws)
{
    /// <summary>Percent of the time since <paramref name="before"/>.</summary>
    public double Busy(PageNumbers before) => Share(Tasks - before.Tasks, before);

    public double Scripting(PageNumbers before) => Share(Script - before.Script, before);

    public double LayingOut(PageNumbers before) => Share(Layout - before.Layout, before);

    public double DrawsPerSecond(PageNumbers before) => (Draws - before.Draws) / (At - before.At);

    private double Share(double seconds, PageNumbers before) => 100 * seconds / (At - before.At);
}
