using System.Globalization;

namespace Dashboard.Scenarios.Flush.Model;

/// <summary>How often what happened, over many runs of the model.</summary>
internal sealed class ModelTally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>The promises that did not hold, each with its seed.</summary>
    public List<string> Violations { get; } = [];

    public void Count(string what, int by = 1) => _counts[what] = Of(what) + by;

    public int Of(string what) => _counts.GetValueOrDefault(what);

    public void Add(ModelTally other)
    {
        Violations.AddRange(other.Violations);
        foreach (var (what, count) in other._counts)
        {
            Count(what, count);
        }
    }

    public override string ToString() => string.Join(
        Environment.NewLine, _counts.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}: {one.Value}")));
}
