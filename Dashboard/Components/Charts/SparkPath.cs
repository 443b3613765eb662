using System.Globalization;
using System.Text;

namespace Dashboard.Components.Charts;

/// <summary>
/// The SVG paths of a small line without axes: its stroke, broken at gaps, and the area under it. Whole numbers and relative steps,
/// because a page sends a dozen of these every second.
/// </summary>
/// <param name="Line">Path data of the stroke, empty when nothing is known.</param>
/// <param name="Area">Path data of the area between stroke and floor.</param>
public sealed record SparkPath(string Line, string Area)
{
    /// <summary>Path units in a pixel.</summary>
    public const int Grain = 2;

    /// <summary>The least difference, as a share of the highest value, that fills the height.</summary>
    public const double LeastSpan = 0.05;

    /// <summary>
    /// Spreads values evenly over a width (pixels), the newest at the right edge; null is a gap. More values than pixels are thinned to the
    /// lowest and highest of each step, so that a spike stays. The scale is that of the values, from 0 when they begin near it, and at
    /// least <see cref="LeastSpan"/> of them, so that noise does not look like a change; a flat line lies low.
    /// </summary>
    public static SparkPath Of(IReadOnlyList<double?> values, int width, int height)
    {
        var dots = SparkDots.Of(values, width);
        var known = dots.Select(dot => dot.Value).OfType<double>().ToArray();
        if (known.Length == 0)
        {
            return new("", "");
        }

        var (low, high) = (known.Min(), known.Max());
        var floor = low > 0 && low < high - low ? 0 : low;
        var span = Math.Max(high - floor, LeastSpan * Math.Max(Math.Abs(high), Math.Abs(low)));
        // What is left of the span lies mostly above.
        var top = high + (0.85 * (span - (high - floor)));
        var (line, area) = (new StringBuilder(), new StringBuilder());
        foreach (var run in Runs(dots))
        {
            Draw([.. run.Select(dot => (X(dot.X), Y(dot.Value!.Value)))], line, area);
        }

        return new(line.ToString(), area.ToString());

        int X(double x) => (int)Math.Round(x * Grain);
        int Y(double value) => (int)Math.Round((high > low ? 1 + ((height - 2) * (top - value) / span) : height * 0.85) * Grain);
        void Draw(List<(int X, int Y)> run, StringBuilder line, StringBuilder area) => Append(run, height * Grain, line, area);
    }

    private static void Append(List<(int X, int Y)> run, int floor, StringBuilder line, StringBuilder area)
    {
        if (run.Count == 1)
        {
            // A value alone between two gaps would not show.
            run.Add((run[0].X + 1, run[0].Y));
        }

        var steps = string.Concat(run.Skip(1).Zip(run, (to, from) => Step(to.X - from.X, to.Y - from.Y)));
        line.Append(CultureInfo.InvariantCulture, $"M{run[0].X} {run[0].Y}l{steps}");
        area.Append(CultureInfo.InvariantCulture, $"M{run[0].X} {floor}V{run[0].Y}l{steps}V{floor}Z");
    }

    private static string Step(int x, int y) => FormattableString.Invariant($" {x}{(y < 0 ? "" : " ")}{y}");

    private static IEnumerable<List<SparkDot>> Runs(IEnumerable<SparkDot> dots)
    {
        var run = new List<SparkDot>();
        foreach (var dot in dots.Append(new(0, null)))
        {
            if (dot.Value is not null)
            {
                run.Add(dot);
            }
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }
    }
}
