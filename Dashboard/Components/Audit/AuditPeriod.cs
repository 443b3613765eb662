using Dashboard.Audit.Reading;
using Dashboard.Components.Times;
using MudBlazor;

namespace Dashboard.Components.Audit;

/// <summary>
/// The stretch of time of a filter as a person chooses it in their time zone: whole days, and where wanted a time on the first and the
/// last.
/// </summary>
/// <param name="Days">The first and the last day, both included; null for no limit.</param>
/// <param name="Begin">The time on the first day; null for its beginning.</param>
/// <param name="End">The time on the last day; null or midnight for its end.</param>
internal sealed record AuditPeriod(DateRange? Days, TimeSpan? Begin, TimeSpan? End)
{
    public static AuditPeriod Of(AuditFilter filter, DisplayTimeZone zone)
    {
        var (from, to) = (Shown(filter.From, zone), Shown(filter.To, zone));
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

    /// <summary>The filter with this stretch of time. Where a clock shows the chosen time twice, both hours are in it.</summary>
    public AuditFilter Over(AuditFilter filter, DisplayTimeZone zone) => filter with
    {
        From = Days?.Start is { } first ? zone.Instant(first.Date + (Begin ?? TimeSpan.Zero)) : null,
        To = Days?.End is { } last
            ? zone.Instant(last.Date + (End is null or { Ticks: 0 } ? TimeSpan.FromDays(1) : End.Value), last: true)
            : null,
    };

    private static DateTime? Shown(DateTimeOffset? at, DisplayTimeZone zone) => at is { } instant ? zone.At(instant).DateTime : null;
}
