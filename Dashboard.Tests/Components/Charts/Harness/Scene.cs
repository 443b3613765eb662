using System.Collections.Concurrent;
using Dashboard.Instances.Purposes;

namespace Dashboard.Components.Charts.Harness;

/// <summary>One test's page of charts: what it shows, what a person did on it, and the way to its circuit.</summary>
internal sealed class Scene
{
    private readonly TaskCompletionSource<Func<Action, Task>> _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public required IReadOnlyList<ChartSpec> Specs { get; init; }

    public required BoardFeed Feed { get; init; }

    public Purpose Purpose { get; init; } = Purpose.Cache;

    /// <summary>Pixels of nothing between the charts, to push some off the screen.</summary>
    public int Spacing { get; init; }

    /// <summary>Whether the board is on the page.</summary>
    public bool IsShown { get; set; } = true;

    public ConcurrentQueue<ChartRange> Zoomed { get; } = new();

    /// <summary>Called by the page once it is interactive.</summary>
    public void Open(Func<Action, Task> update) => _open.TrySetResult(update);

    /// <summary>Changes something as the page would, on its circuit, and renders.</summary>
    public async Task UpdateAsync(Action change) => await (await _open.Task)(change);
}
