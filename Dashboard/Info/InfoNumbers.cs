using System.Globalization;

namespace Dashboard.Info;

/// <summary>
/// Reads numbers from INFO. A value that is absent, malformed, negative where it cannot be, or beyond the range is null: never an
/// exception, never 0.
/// </summary>
internal static class InfoNumbers
{
    /// <summary>A count or a size: a whole number, not negative.</summary>
    public static long? Count(this InfoReply reply, string name) => Count(reply.Text(name));

    public static long? Count(ReadOnlySpan<char> text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>More than any server counts or measures: a larger decimal is not accepted, so that sums stay finite.</summary>
    private const double MaxReal = 1e15;

    /// <summary>A decimal, not negative, such as <c>0.011281</c> or <c>97.23%</c>.</summary>
    public static double? Real(this InfoReply reply, string name) =>
        double.TryParse(reply.Text(name).AsSpan().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= MaxReal
            ? value
            : null;

    /// <summary><c>0</c> or <c>1</c>.</summary>
    public static bool? Flag(this InfoReply reply, string name) => reply.Text(name) switch { "1" => true, "0" => false, _ => null };

    /// <summary><c>ok</c> or <c>err</c>.</summary>
    public static bool? Ok(this InfoReply reply, string name) => reply.Text(name) switch { "ok" => true, "err" => false, _ => null };

    /// <summary>One part of a list value: <c>keys</c> in <c>keys=5037,expires=5000,avg_ttl=86399715</c>.</summary>
    public static long? Part(string? list, string name)
    {
        foreach (var range in list.AsSpan().Split(','))
        {
            var part = list.AsSpan(range);
            if (part.Length > name.Length && part[name.Length] == '=' && part.StartsWith(name, StringComparison.Ordinal))
            {
                return Count(part[(name.Length + 1)..]);
            }
        }

        return null;
    }
}
