using Dashboard.Audit.Chain;

namespace Dashboard.Audit.Reading;

/// <summary>Some of the rows of a filter, newest first.</summary>
/// <param name="Older">The sequence below which older rows are; null when there are none.</param>
internal sealed record AuditSlice(IReadOnlyList<AuditRow> Rows, long? Older);
