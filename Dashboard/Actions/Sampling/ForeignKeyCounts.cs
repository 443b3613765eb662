using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>What the pages of one scan found, added up by kind. Not thread-safe.</summary>
internal sealed class ForeignKeyCounts
{
    private readonly Dictionary<ForeignKind, long> _found = [];

    /// <summary>How many keys the pages had.</summary>
    public long Seen { get; private set; }

    public void Add(ForeignKeyPage page)
    {
        Seen += page.Seen;
        foreach (var (kind, count) in page.Found)
        {
            _found[kind] = _found.GetValueOrDefault(kind) + count;
        }
    }

    /// <summary>The scan begins again.</summary>
    public void Clear()
    {
        Seen = 0;
        _found.Clear();
    }

    /// <param name="among">Which of all keys the pages were.</param>
    public IReadOnlyList<ForeignFinding> Findings(CheckedKeys among) =>
        [.. _found.OrderBy(found => found.Key).Select(found => new ForeignFinding(found.Key, found.Value, Seen, among))];
}
