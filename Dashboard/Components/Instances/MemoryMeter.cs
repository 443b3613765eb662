using Dashboard.Alerts;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Monitoring;
using Dashboard.Text;

namespace Dashboard.Components.Instances;

/// <summary>How full the memory is, as a bar and in words.</summary>
/// <param name="Percent">0 to 100; null draws no fill.</param>
/// <param name="Severity">Its colour; null keeps the accent of the purpose.</param>
internal sealed record MemoryMeter(double? Percent, string Words, Severity? Severity)
{
    /// <summary>Share at which a cache counts as full: it evicts a little below its limit.</summary>
    public const double Full = 0.98;

    public static MemoryMeter Of(InstanceState state, IEnumerable<Finding> findings)
    {
        if (state.Facts?.Snapshot.Memory is not { } memory)
        {
            return new(null, "memory unknown", null);
        }

        var severity = findings.Where(finding => finding.Rule is "memory-high" or "oom").Select(finding => (Severity?)finding.Severity)
            .Max();
        return memory switch
        {
            { Max: 0 } => new(null, $"{Text(memory.Used)} used, no limit set", null),
            { Fill: { } fill } =>
                new(Math.Min(100, 100 * fill), $"{Text(memory.Used)} of {Text(memory.Max)} · "
                    + $"{Trend(state, fill, memory.EvictsAnyKey == true)}", severity),
            _ => new(null, $"{Text(memory.Used)} used, limit not verified", null),
        };
    }

    private static string Trend(InstanceState state, double fill, bool evicts) => state.Instance.Profile.Memory.Trend switch
    {
        MemoryTrend.FullIsNormal when evicts => fill >= Full ? "full, which is normal here" : "filling",
        MemoryTrend.TimeToFull when TimeToFull.Of(state) is { } full => FullWords(full),
        _ => $"{100 * fill:0} %",
    };

    private static string FullWords(FullIn full)
    {
        var (earliest, latest) = (DurationText.Text(full.Earliest), DurationText.Text(full.Latest));
        return $"full in {(earliest == latest ? $"about {earliest}" : $"{earliest} to {latest}")} at this rate";
    }

    private static string Text(long? bytes) => UnitFormat.Text(Unit.Bytes, bytes);
}
