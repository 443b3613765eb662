using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Why a server refused to be flushed.</summary>
internal static class FlushAbort
{
    public static ScanAbort OfBreach(FailedPrecondition failed) => failed.Condition switch
    {
        "spare" => new(AuditResult.Failed, $"The spare database holds {failed.Found} keys now. Nothing was done to it."),
        _ => ScanAbort.OfBreach(failed),
    };
}
