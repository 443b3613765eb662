using Dashboard.Audit.Chain;

namespace Dashboard.Audit.Integrity;

/// <summary>
/// Rows that are missing after a backup was put back, as an acknowledgement names them in its counts: <c>{"first":101,"last":120}</c>.
/// </summary>
internal sealed record MissingRows(long First, long Last)
{
    public IReadOnlyDictionary<string, long> Counts => new Dictionary<string, long> { ["first"] = First, ["last"] = Last };

    /// <returns>The rows; null when the row names none.</returns>
    public static MissingRows? Of(AuditRow row) =>
        Audit.Events.CountsJson.Of(row.Counts) is { } counts && counts.TryGetValue("first", out var first)
            && counts.TryGetValue("last", out var last) ? new(first, last) : null;
}
