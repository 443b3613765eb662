using Dashboard.Audit.Reading;
using MudBlazor;

namespace Dashboard.Components.Audit;

/// <summary>
/// The stretch of time of a filter as a person chooses it: whole days of UTC, and where wanted a time on the first and the last.
/// </summary>
/// <param name="Days">The first and the last day, both included; null for no limit.</param>
/// <param name="Begin">The time on the first day; null for its beginning.</param>
/// <param name="End">The time on the last day; null or midnight for its end.</param>
internal sealed record AuditPeriod(DateRange? Days, TimeSpan? Begin, TimeSpan? End)
{
    public static AuditPeriod Of(AuditFilter filter)
    {
        var (from, to) = (filter.From?.UtcDateTime, filter.To?.UtcDateTime);
        // Midnight is the end of the day before it.
        var (lastDay, end) = to switch
        {
            null => ((DateTime?)null, (TimeSpan?)null),
            { TimeOfDay.Ticks: 0 } midnight => (midnight.AddDays(-1), null),
            { } at => (at.Date, at.TimeOfDay),
        };
        return new(
            from is null && to is null ? null : new(from?.Date, lastDay),
            from is { TimeOfDay: { Ticks: > 0 } begin } ? begin : null,
            end);
    }

    /// <summary>The filter with this stretch of time.</summary>
    public AuditFilter Over(AuditFilter filter) => filter with
    {
        From = Days?.Start is { } first ? Utc(first.Date + (Begin ?? TimeSpan.Zero)) : null,
        To = Days?.End is { } last ? Utc(last.Date + (End is null or { Ticks: 0 } ? TimeSpan.FromDays(1) : End.Value)) : null,
    };

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));
}
