using System.Collections.Immutable;
using Dashboard.Instances;

namespace Dashboard.Realtime.Presence;

/// <summary>Who has the pages of instances open now, on this console and on those that share its store.</summary>
internal sealed class Viewers
{
    private ImmutableList<Viewer> _here = [];
    private volatile IReadOnlyList<Viewer> _elsewhere = [];

    /// <summary>Raised after somebody came, left, or opened or closed a dialog, on any thread.</summary>
    public event Action? Changed;

    /// <summary>Those on this console, each once.</summary>
    public IReadOnlyCollection<Viewer> Here => Volatile.Read(ref _here).ToHashSet();

    /// <summary>Notes that a person opened a page.</summary>
    /// <returns>Dispose it when the page is closed.</returns>
    public IDisposable Enter(Viewer viewer)
    {
        ImmutableInterlocked.Update(ref _here, all => all.Add(viewer));
        Changed?.Invoke();
        return new Entry(this, viewer);
    }

    /// <summary>Replaces those on the other consoles.</summary>
    public void SetElsewhere(IReadOnlyList<Viewer> viewers)
    {
        if (!_elsewhere.SequenceEqual(viewers))
        {
            _elsewhere = viewers;
            Changed?.Invoke();
        }
    }

    /// <summary>Who else is at an instance, in order of their names; of somebody with a dialog open, that one.</summary>
    /// <param name="person">Is left out, with all pages that they have open.</param>
    public IReadOnlyList<Viewer> OthersAt(InstanceId instance, string person) =>
    [
        .. Here.Concat(_elsewhere).Where(viewer => viewer.Instance == instance && viewer.Person != person)
            .GroupBy(viewer => viewer.Person, StringComparer.Ordinal).OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => one.MaxBy(viewer => viewer.Acting, StringComparer.Ordinal)!),
    ];

    private void Leave(Viewer viewer)
    {
        ImmutableInterlocked.Update(ref _here, all => all.Remove(viewer));
        Changed?.Invoke();
    }

    private sealed class Entry(Viewers viewers, Viewer viewer) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                viewers.Leave(viewer);
            }
        }
    }
}
