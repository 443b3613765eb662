using System.Collections.Immutable;

namespace Dashboard.History;

/// <summary>One resolution of history. Coarser tiers are rolled up from finer ones and reach further back.</summary>
/// <param name="Name">As in the table's name and as shown to a person: <c>1s</c>, <c>15m</c>.</param>
/// <param name="Step">The stretch of time one row stands for. The finest holds single polls, however far apart those are.</param>
/// <param name="Kept">Older rows are removed.</param>
public sealed record Tier(string Name, TimeSpan Step, TimeSpan Kept)
{
    /// <summary>A tier that gives a chart at least this many points is fine enough.</summary>
    private const int EnoughPoints = 600;

    /// <summary>Finest first.</summary>
    public static ImmutableArray<Tier> All { get; } =
    [
        new("1s", TimeSpan.FromSeconds(1), TimeSpan.FromHours(6)),
        new("10s", TimeSpan.FromSeconds(10), TimeSpan.FromDays(3)),
        new("1m", TimeSpan.FromMinutes(1), TimeSpan.FromDays(30)),
        new("15m", TimeSpan.FromMinutes(15), TimeSpan.FromDays(400)),
    ];

    public string Table => $"readings_{Name}";

    public long StepMs => (long)Step.TotalMilliseconds;

    /// <summary>
    /// The coarsest tier that gives at least 600 points, otherwise the finest that reaches back far enough, otherwise the coarsest.
    /// </summary>
    public static Tier For(DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var reaching = All.Where(tier => from >= now - tier.Kept).DefaultIfEmpty(All[^1]).ToList();
        return reaching.LastOrDefault(tier => (to - from) / tier.Step >= EnoughPoints) ?? reaching[0];
    }
}
