using Dashboard.Actions.Flush.Retention;

namespace Dashboard.Actions.Flush;

/// <summary>A flush whose keys are still kept, on their way back, or being given up.</summary>
public sealed record UndoableFlush(Swap Swap) : AftermathItem(Swap.Id);
