using Dashboard.Actions.Flush.Retention;

namespace Dashboard.Actions.Flush;

/// <summary>A flush that is not closed: retained, being restored, or being purged.</summary>
public sealed record UndoableFlush(RetainedFlush Flush) : AftermathItem(Flush.Id);
