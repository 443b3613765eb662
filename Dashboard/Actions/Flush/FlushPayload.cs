namespace Dashboard.Actions.Flush;

/// <summary>What a planned flush depends on.</summary>
/// <param name="Policy">The <c>maxmemory_policy</c> that the server must still have.</param>
/// <param name="Spare">The database that keeps what is flushed until Undo is over; null where nothing is kept.</param>
internal sealed record FlushPayload(string Policy, int? Spare) : ActionPayload;
