namespace Dashboard.Demo.Load;

/// <summary>How busy the application is: a day of visitors compressed into a few minutes.</summary>
internal static class LoadCurve
{
    private const double DaySeconds = 420;

    /// <summary>Between 0.6 and 1.4 times the usual load.</summary>
    public static double At(double seconds) =>
        1 + 0.3 * Math.Sin(2 * Math.PI * seconds / DaySeconds) + 0.1 * Math.Sin(2 * Math.PI * seconds / 37);

    /// <summary>A rate as a whole number of tasks in this tenth of a second; the fraction is decided at random.</summary>
    public static int Now(double perSecond, double seconds, Random random)
    {
        var exact = perSecond * At(seconds) / 10;
        return (int)exact + (random.NextDouble() < exact % 1 ? 1 : 0);
    }
}
