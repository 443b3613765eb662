using System.Globalization;

namespace Dashboard.Configuration;

/// <summary>Reads a length of time as people write it: <c>500ms</c>, <c>2s</c>, <c>1m</c>, or <c>00:00:02</c>.</summary>
internal static class DurationSetting
{
    /// <param name="key">The setting's full name.</param>
    /// <returns>The length of time, or the least after a fault was added.</returns>
    public static TimeSpan Read(string key, string text, TimeSpan least, TimeSpan most, SettingErrors errors)
    {
        if (Parse(text.Trim()) is { } span && span >= least && span <= most)
        {
            return span;
        }

        errors.Add(
            key,
            $"'{text}' is not a length of time from {Words(least)} to {Words(most)}. Write "
                + $"{Words(least > TimeSpan.Zero ? least : most)}, for example.");
        return least;
    }

    /// <returns>The length of time, or null when the text is none.</returns>
    public static TimeSpan? Parse(string text) =>
        Number(text, "ms") is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds)
        : Number(text, "s") is { } seconds ? TimeSpan.FromSeconds(seconds)
        : Number(text, "m") is { } minutes ? TimeSpan.FromMinutes(minutes)
        : text.Contains(':') && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span
        : null;

    private static string Words(TimeSpan span) =>
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
