using System.Text;

namespace Dashboard.Benchmarks.Report;

/// <summary>The results for a person.</summary>
internal static class ResultTable
{
    public static string Of(IReadOnlyList<Measure> measures, bool quick)
    {
        var text = new StringBuilder();
        var width = measures.Max(measure => measure.Name.Length);
        foreach (var measure in measures)
        {
            var verdict = measure is { Holds: false } ? "NO" : measure.Goal is null ? "" : "yes";
            text.AppendLine(
                ($"{measure.Name.PadRight(width)}  {measure.Text,9} {measure.Unit,-12} {measure.Goal,-9} "
                    + $"{verdict,-4} {measure.Note}").TrimEnd());
        }

        var broken = measures.Count(measure => !measure.Holds);
        text.AppendLine()
            .Append(broken == 0 ? $"All {measures.Count(measure => measure.Goal is not null)} goals hold." : $"{broken} do not hold.");
        return quick ? text.Append(" Quick: shorter than the full run, so rougher.").ToString() : text.ToString();
    }
}
