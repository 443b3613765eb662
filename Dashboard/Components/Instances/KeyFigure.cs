using Dashboard.Metrics;

namespace Dashboard.Components.Instances;

/// <summary>One number of a card.</summary>
/// <param name="Label">What it is, in two or three words.</param>
/// <param name="Number">Formatted for people; – when unknown.</param>
/// <param name="Suffix">Its unit, drawn smaller.</param>
/// <param name="Help">Its meaning, shown on hover.</param>
/// <param name="Spark">The metric its sparkline draws; null for none.</param>
/// <param name="Hot">Whether it indicates a problem.</param>
internal sealed record KeyFigure(string Label, string Number, string Suffix, string Help, Metric? Spark = null, bool Hot = false)
{
    public static KeyFigure Of(string label, Unit unit, double? value, string help, Metric? spark = null, bool hot = false)
    {
        var (number, suffix) = UnitFormat.Parts(unit, value);
        return new(label, number, suffix, help, spark, hot);
    }
}
