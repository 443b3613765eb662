using System.Globalization;
using Dashboard.Configuration;

namespace Dashboard.Actions.Scanning;

/// <summary>How fast a scan may go at most, and how slow a server may become under it, after the settings were validated.</summary>
/// <param name="PageSize">Maximum keys per page: <c>SCAN … COUNT</c>; 10 to 200.</param>
/// <param name="Pause">Minimum pause between two pages; 0 to 1 s.</param>
/// <param name="Latency">The p95 of a page's round trip (1 ms to 1 s) above which a scan slows down, and ends when that does not
/// help.</param>
internal sealed record ScanBudget(int PageSize, TimeSpan Pause, TimeSpan Latency) : ISettings<ScanBudget>
{
    public const int MinPageSize = 10;
    public const int MaxPageSize = 200;

    private const string Section = $"{DashboardOptions.Section}:{nameof(DashboardOptions.Pacing)}";

    /// <summary>What a page takes besides its pause: 30,000 keys a second were measured at the default.</summary>
    private static readonly TimeSpan Page = TimeSpan.FromMilliseconds(2.3);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>The default, measured on 1 M keys: it keeps other clients' p99 within a millisecond; larger pages gain nothing.</summary>
    public static ScanBudget Default { get; } = Read(new DashboardOptions(), new SettingErrors());

    public static ScanBudget Read(DashboardOptions options, IConfiguration configuration, SettingErrors errors) => Read(options, errors);

    public static ScanBudget Read(DashboardOptions options, SettingErrors errors)
    {
        var pacing = options.Pacing;
        return new(
            Size(pacing.PageSize.Trim(), errors),
            DurationSetting.Read($"{Section}:{nameof(PacingOptions.Pause)}", pacing.Pause, TimeSpan.Zero, Second, errors),
            DurationSetting.Read(
                $"{Section}:{nameof(PacingOptions.LatencyBudget)}", pacing.LatencyBudget, TimeSpan.FromMilliseconds(1), Second, errors));
    }

    /// <summary>The estimated time of a scan over so many keys, when nothing slows it down.</summary>
    public TimeSpan TimeFor(long keys) => (Pause + Page) * ((double)keys / PageSize);

    private static int Size(string written, SettingErrors errors)
    {
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            && size is >= MinPageSize and <= MaxPageSize)
        {
            return size;
        }

        errors.Add(
            $"{Section}:{nameof(PacingOptions.PageSize)}",
            $"'{written}' is not a whole number from {MinPageSize} to {MaxPageSize}. Write 100, for example.");
        return MinPageSize;
    }
}
