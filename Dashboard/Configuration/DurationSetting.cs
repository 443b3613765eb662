using System.Globalization;

namespace Dashboard.Configuration;

/// <summary>Reads a duration as people write it: <c>500ms</c>, <c>2s</c>, <c>1m</c>, <c>24h</c>, <c>30d</c>, or <c>00:00:02</c>.</summary>
internal static class DurationSetting
{
    /// <param name="key">The setting's full name.</param>
    /// <returns>The duration, or the minimum after an error was added.</returns>
    public static TimeSpan Read(string key, string text, TimeSpan min, TimeSpan max, SettingErrors errors)
    {
        if (Parse(text.Trim()) is { } span && span >= min && span <= max)
        {
            return span;
        }

        errors.Add(
            key,
            $"'{text}' is not a duration from {Format(min)} to {Format(max)}. "
                + $"Write {Format(min > TimeSpan.Zero ? min : max)}, for example.");
        return min;
    }

    /// <returns>The duration, or null when the text is none.</returns>
    public static TimeSpan? Parse(string text) =>
        Number(text, "ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        : Number(text, "s") is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Number(text, "m") is { } minutes ? TimeSpan.FromMinutes(minutes)
        : Number(text, "h") is { } hours ? TimeSpan.FromHours(hours)
        : Number(text, "d") is { } days ? TimeSpan.FromDays(days)
        : text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span
        : null;

    private static string Format(TimeSpan span) =>
        span < TimeSpan.FromSeconds(1) ? $"{span.TotalMilliseconds:0}ms" : $"{span.TotalSeconds:0}s";

    private static double? Number(string text, string unit) =>
        text.EndsWith(unit, StringComparison.Ordinal)
        && double.TryParse(
            text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number)
        && number is >= 0 and < 1e6
            ? number
            : null;
}
