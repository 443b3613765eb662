namespace Dashboard.KeptFiles;

/// <summary>Consoles over copies of all sets for the tests of one class, five minutes after each set was made.</summary>
public sealed class OpenedSets : IAsyncLifetime
{
    /// <summary>How long after each set was made the clock of its console begins: sessions are live then, and leases are not.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, OpenedSet> _opened = [];

    internal IEnumerable<OpenedSet> All => _opened.Values;

    internal OpenedSet this[string name] => _opened[name];

    public async ValueTask InitializeAsync()
    {
        foreach (var set in KeptSet.All)
        {
            _opened[set.Name] = new(set, After);
            await _opened[set.Name].StartAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened.Values)
        {
            await opened.DisposeAsync();
        }
    }
}
