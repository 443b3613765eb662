using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dashboard.Benchmarks.Report;

/// <summary>
/// The results for a program: <c>[{"name":…,"value":…,"unit":…,"goal":"&lt;= 0.1","holds":true}]</c>; goal is null for a number that is
/// only reported, value for one that was not measured.
/// </summary>
internal static class ResultJson
{
    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IEnumerable<Measure> measures) => JsonSerializer.Serialize(
        measures.Select(measure => new
        {
            name = measure.Name,
            value = double.IsFinite(measure.Value) ? measure.Value : (double?)null,
            unit = measure.Unit,
            goal = measure.Goal,
            holds = measure.Holds,
        }),
        Readable) + "\n";
}
