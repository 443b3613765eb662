using Dashboard.Audit;
using Dashboard.Audit.Events;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Why a flush is still kept although its time is over.</summary>
internal static class RetentionDelay
{
    /// <summary>Records why, for the page of the instance; and once in the audit log, until the reason changes.</summary>
    public static Task SayAsync(AuditTrail audit, RetainedFlush flush, string why, CancellationToken cancel) => audit.WriteAsync(
        transaction => RetainedFlushTable.SetDelay(transaction, flush.Id, why)
            ? (true, RetentionEvents.Purge(flush) with { Result = AuditResult.Failed, Detail = why })
            : (false, (AuditEvent?)null), cancel);

    /// <summary>A client that stays on the spare database.</summary>
    public static string ClientOn(int spare) => $"A client uses database {spare}, where the keys are kept, so they stay until none does. "
        + $"CLIENT LIST shows it with db={spare}.";
}
