using System.Data.Common;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Instances;

namespace Dashboard.Actions.Flush;

/// <summary>What flushes keep for their Undo.</summary>
internal sealed class FlushAftermath(SwapBook swaps) : IActionAftermath
{
    public async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
    [
        .. (await swaps.OpenAsync(cancel))
            .Where(swap => swap.Instance == instance && swap.State != SwapState.Begun)
            .Select(swap => new UndoableFlush(swap)),
    ];

    /// <summary>Those that flushed, and those that are at it now. An Undo is narrowed to its flush.</summary>
    public IReadOnlyCollection<Guid> RunsInUse(DbConnection connection) =>
        [.. SwapTable.Open(connection).SelectMany(swap => swap.Run is { } run ? [swap.Id, run] : new[] { swap.Id })];
}
