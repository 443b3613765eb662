namespace Dashboard.Audit.Reading;

/// <summary>One page of the acts of a filter.</summary>
/// <param name="Page">Which one it is, from 0.</param>
/// <param name="Total">The number of acts on all pages, <see cref="AuditQuery.MaxListed"/> at most.</param>
/// <param name="IsCut">Whether there are more acts than that.</param>
/// <param name="Newest">The number of the newest row of the log when this was read; 0 for an empty log.</param>
internal sealed record AuditListing(IReadOnlyList<AuditAct> Acts, int Page, int Total, bool IsCut, long Newest);
