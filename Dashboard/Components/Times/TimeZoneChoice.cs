using Microsoft.AspNetCore.Components;

namespace Dashboard.Components.Times;

/// <summary>
/// The time zone of one page. Its parts take it as a cascading parameter, and are drawn again when it changes; a part without one, as in a
/// test, shows UTC.
/// </summary>
internal sealed class TimeZoneChoice
{
    /// <summary>The cookie with the browser's zone. Without it, times are in UTC. It is set by TimeZoneSwitch.razor.js.</summary>
    public const string Cookie = "time-zone";

    private DisplayTimeZone _zone = DisplayTimeZone.Utc;

    public CascadingValueSource<DisplayTimeZone> Source { get; } = new(DisplayTimeZone.Utc, isFixed: false);

    /// <summary>Changes the zone. Called in the page's own context.</summary>
    public Task UseAsync(DisplayTimeZone zone)
    {
        if (zone.Id == _zone.Id)
        {
            return Task.CompletedTask;
        }

        _zone = zone;
        return Source.NotifyChangedAsync(zone);
    }
}
