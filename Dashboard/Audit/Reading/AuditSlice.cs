using Dashboard.Audit.Chain;

namespace Dashboard.Audit.Reading;

/// <summary>Some of the rows that are wanted, newest first.</summary>
/// <param name="Older">The sequence that older ones are below; null when there are none.</param>
internal sealed record AuditSlice(IReadOnlyList<AuditRow> Rows, long? Older);
