using System.Globalization;

namespace Dashboard.Benchmarks;

/// <summary>One measured number, and what it must not exceed.</summary>
/// <param name="AtMost">The goal; null for a number that is only reported.</param>
/// <param name="Note">How reliable it is: the spread over rounds, and what else a reader needs.</param>
internal sealed record Measure(string Name, double Value, string Unit, double? AtMost = null, string Note = "")
{
    /// <summary>Whether the goal is met. What was not measured (NaN) never holds; what was measured without a goal always does.</summary>
    public bool Holds => !double.IsNaN(Value) && (AtMost is not { } most || Value <= most);

    /// <summary>E.g. <c>&lt;= 0.1</c>; null without a goal.</summary>
    public string? Goal => AtMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"<= {most:0.######}") : null;

    /// <summary>The value with three significant digits, less where it is small.</summary>
    public string Text => double.IsNaN(Value) ? "?" : Math.Abs(Value) switch
    {
        0 => "0",
        >= 100 => Value.ToString("0", CultureInfo.InvariantCulture),
        >= 10 => Value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => Value.ToString("0.00", CultureInfo.InvariantCulture),
        >= 0.1 => Value.ToString("0.000", CultureInfo.InvariantCulture),
        _ => Value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    /// <summary>Stands in for a benchmark that could not be measured.</summary>
    public static Measure Missing(string name, string why) => new(name, double.NaN, "", Note: why);
}
