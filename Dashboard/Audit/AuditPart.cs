namespace Dashboard.Audit;

/// <summary>Some of the rows that are wanted, newest first.</summary>
/// <param name="Older">The sequence that older ones are below; null when there are none.</param>
internal sealed record AuditPart(IReadOnlyList<AuditRow> Rows, long? Older);
