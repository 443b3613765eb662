namespace Dashboard.Scenarios.Flush.Model;

/// <summary>A sentence of the audit log about one flush, and from where on its own acts count.</summary>
/// <param name="Result">As in the audit log, e.g. <c>done</c>.</param>
/// <param name="From">The number of fates of the flush when the act began.</param>
/// <param name="IsOwn">Whether a client of the server is the console that wrote the row.</param>
/// <param name="IsLate">
/// Whether a client of the server is a request that the network delayed or repeated: its answer reaches no one.
/// </param>
internal sealed record ClaimedRow(
    Guid Flush, string Action, string Result, string Sentence, int From, Func<string, bool> IsOwn, Func<string, bool> IsLate);
