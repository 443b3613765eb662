using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Actions.Sampling;

/// <summary>What Rack::Attack keeps in a cache and a flush would remove.</summary>
/// <param name="Counters">Requests counted towards a throttle or a ban: <c>rack::attack:29384:logins:…</c>, the number being the
/// period.</param>
/// <param name="Bans">Clients banned now: <c>rack::attack:fail2ban:ban:…</c>, and <c>allow2ban</c> alike.</param>
/// <param name="OldCounters">Counters of periods that are over, which were written without a time to live. They limit no one.</param>
internal sealed partial record RackAttackKeys(PopulationEstimate Counters, PopulationEstimate Bans, PopulationEstimate OldCounters)
{
    /// <summary>By how many seconds the application's clock may differ from the console's.</summary>
    private const long ClockDifference = 60;

    /// <param name="names">A sample of different names.</param>
    /// <param name="total">Number of keys in all.</param>
    public static RackAttackKeys Of(IReadOnlyCollection<string> names, long total, DateTimeOffset now)
    {
        var periods = names.Select(name => Counter().Match(name)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        var over = periods.CountBy(period => IsOver(period, now.ToUnixTimeSeconds())).ToDictionary();
        return new(
            PopulationEstimate.Of(over.GetValueOrDefault(false), names.Count, total),
            PopulationEstimate.Of(names.Count(name => Ban().IsMatch(name)), names.Count, total),
            PopulationEstimate.Of(over.GetValueOrDefault(true), names.Count, total));
    }

    /// <summary>
    /// Whether a period with this number is over, whatever its length. Rack::Attack divides the Unix time by the length in whole seconds. A
    /// number of the past could be one of the present, with another length: hardly ever where its period takes up to an hour, about every
    /// second time for 8 hours, and always from 12 hours on. Such a counter is taken to be in force.
    /// </summary>
    private static bool IsOver(string period, long now)
    {
        if (!long.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > now + ClockDifference)
        {
            return true;
        }

        // The longest length that gives this number or a higher one; a shorter length gives higher ones only.
        return number > 0 && (now + ClockDifference) / number * (number + 1) <= now - ClockDifference;
    }

    [GeneratedRegex(@"(?:\A|:)rack::attack:([0-9]+):", RegexOptions.CultureInvariant)]
    private static partial Regex Counter();

    [GeneratedRegex(@"(?:\A|:)rack::attack:(?:fail|allow)2ban:ban:", RegexOptions.CultureInvariant)]
    private static partial Regex Ban();
}
