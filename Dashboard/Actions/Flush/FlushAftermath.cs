using System.Data.Common;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Instances;

namespace Dashboard.Actions.Flush;

/// <summary>What flushes keep for their Undo.</summary>
internal sealed class FlushAftermath(RetainedFlushes flushes) : IActionAftermath
{
    public async Task<IReadOnlyList<AftermathItem>> OpenAsync(InstanceId instance, CancellationToken cancel) =>
    [
        .. (await flushes.OpenAsync(cancel))
            .Where(flush => flush.Instance == instance && flush.State != RetentionState.Pending)
            .Select(flush => new UndoableFlush(flush)),
    ];

    /// <summary>The runs that flushed, and those that restore now. An Undo is narrowed to its flush.</summary>
    public IReadOnlyCollection<Guid> RunsInUse(DbConnection connection) =>
        [.. RetainedFlushTable.Open(connection).SelectMany(flush => flush.Run is { } run ? [flush.Id, run] : new[] { flush.Id })];
}
