namespace Dashboard.Components.Charts.Harness;

/// <summary>What a chart is made of in the page.</summary>
internal static class ChartMarkup
{
    /// <summary>A line once it is drawn.</summary>
    public const string Line = ".apexcharts-line[d]";
}
