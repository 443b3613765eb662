using System.Text.RegularExpressions;

namespace Dashboard.Actions.Sampling;

/// <summary>What Rack::Attack keeps in a cache and a flush would remove.</summary>
/// <param name="Counters">Requests counted towards a throttle or a ban: <c>rack::attack:29384:logins:…</c>, the number being the
/// period.</param>
/// <param name="Bans">Clients banned now: <c>rack::attack:fail2ban:ban:…</c>, and <c>allow2ban</c> alike.</param>
internal sealed partial record RackAttackKeys(PopulationEstimate Counters, PopulationEstimate Bans)
{
    /// <param name="names">A sample of different names.</param>
    /// <param name="total">Number of keys in all.</param>
    public static RackAttackKeys Of(IReadOnlyCollection<string> names, long total) => new(
        PopulationEstimate.Of(names.Count(name => Counter().IsMatch(name)), names.Count, total),
        PopulationEstimate.Of(names.Count(name => Ban().IsMatch(name)), names.Count, total));

    [GeneratedRegex(@"(?:\A|:)rack::attack:[0-9]+:", RegexOptions.CultureInvariant)]
    private static partial Regex Counter();

    [GeneratedRegex(@"(?:\A|:)rack::attack:(?:fail|allow)2ban:ban:", RegexOptions.CultureInvariant)]
    private static partial Regex Ban();
}
