using System.Globalization;

namespace Dashboard.Metrics;

/// <summary>Formats a number for a person: few digits, its unit apart so that it can be drawn smaller, a dash for unknown.</summary>
public static class UnitFormat
{
    /// <summary>Stands for unknown; never 0.</summary>
    public const string Unknown = "–";

    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB"];
    private static readonly NumberFormatInfo Thin = new() { NumberGroupSeparator = "\u202F", NumberDecimalSeparator = "." };

    /// <returns>The number and its unit, e.g. (<c>"8 214"</c>, <c>"/s"</c>); (<see cref="Unknown"/>, <c>""</c>) for null and for what is
    /// not finite.</returns>
    public static (string Number, string Suffix) Parts(Unit unit, double? value) => value is not { } number || !double.IsFinite(number)
        ? (Unknown, "")
        : unit switch
        {
            Unit.Percent => (Digits(number, Math.Abs(number) >= 99.95 || number == 0 ? 0 : 1), "%"),
            Unit.PerSecond => (Short(number).Number, Short(number).Suffix + "/s"),
            Unit.Bytes => Bytes(number, ""),
            Unit.BytesPerSecond => Bytes(number, "/s"),
            Unit.Milliseconds =>
                number >= 999.5 ? (Digits(number / 1000, 1), "s") : (Digits(number, number >= 9.95 ? 0 : Fine(number)), "ms"),
            Unit.Ratio => (Digits(number, 2), ""),
            _ => Short(number),
        };

    /// <summary>Number and unit in one string, e.g. <c>8 214/s</c>, <c>0.3 ms</c>, <c>94.2 %</c>.</summary>
    public static string Text(Unit unit, double? value)
    {
        var (number, suffix) = Parts(unit, value);
        return suffix is "" || suffix[0] == '/' ? number + suffix : $"{number}\u202F{suffix}";
    }

    private static (string Number, string Suffix) Short(double number) => Math.Abs(number) switch
    {
        >= 999_500_000 => (ThreeDigits(number / 1e9), "G"),
        >= 999_500 => (ThreeDigits(number / 1e6), "M"),
        >= 99_999.5 => (Digits(number / 1e3, 0), "k"),
        >= 9.95 => (Digits(number, 0), ""),
        _ => (Digits(number, number == Math.Round(number) ? 0 : Fine(number)), ""),
    };

    private static (string Number, string Suffix) Bytes(double number, string per)
    {
        var step = 0;
        while (Math.Abs(number) >= 1023.5 && step < ByteUnits.Length - 1)
        {
            number /= 1024;
            step++;
        }

        return (step == 0 ? Digits(number, 0) : ThreeDigits(number), ByteUnits[step] + per);
    }

    private static string ThreeDigits(double number) => Digits(number, Math.Abs(number) >= 99.95 ? 0 : Math.Abs(number) >= 9.995 ? 1 : 2);

    /// <summary>Decimals of a number under 10: one, but two where one would show 0, and none for 0 itself.</summary>
    private static int Fine(double number) => number == 0 ? 0 : Math.Abs(number) < 0.095 ? 2 : 1;

    private static string Digits(double number, int decimals) => number.ToString("N" + decimals, Thin);
}
