using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Why a server refused to be flushed.</summary>
internal static class FlushAbort
{
    /// <param name="spare">The spare database; null where there is none.</param>
    public static ScanAbort OfBreach(FailedPrecondition failed, int? spare = null) => failed.Condition switch
    {
        "spare" => new(AuditResult.Failed, $"The spare database {spare} holds {failed.Found} keys now. Nothing was done to it."),
        "token" when failed.Found.Length == 0 => new(
            AuditResult.Failed, "The flush’s token is gone from the database: it was evicted, or the database was emptied. Nothing was "
                + "flushed."),
        "token" => new(
            AuditResult.Failed, "Another console is flushing this database, or left its token there. Nothing was flushed: open the "
                + "preview again."),
        "late" => new(AuditResult.Failed, "The step reached the server too late. Nothing was flushed: open the preview again."),
        _ => ScanAbort.OfBreach(failed),
    };
}
