using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>Why a scan ended before it covered all keys.</summary>
/// <param name="Result">Cancelled, failed, or unknown where the last page's answer was lost.</param>
/// <param name="Sentence">For people.</param>
internal sealed record ScanAbort(AuditResult Result, string Sentence)
{
    /// <summary>The outcome where the scan ended before anything was done.</summary>
    public ActionOutcome Outcome => new(Result, Sentence);

    public static readonly ScanAbort TooSlow = new(
        AuditResult.Failed, "The scan stopped: the server's answers took too long for 3 s, and other clients would have been affected. "
            + "Try again when the server is less busy.");

    public static ScanAbort NotEmpty(int database) =>
        new(AuditResult.Failed, $"Keys remain in database {database} after repeated scans: another client writes there.");

    /// <param name="most">The number of keys confirmed.</param>
    public static ScanAbort AtCeiling(long most) =>
        new(AuditResult.Cancelled,
            $"It stopped at {CountText.Keys(most)}, the maximum that was confirmed: there are more than the preview showed. "
                + "Open the preview again.");

    /// <param name="why">A sentence.</param>
    public static ScanAbort Stopped(string why) => new(AuditResult.Cancelled, why);

    public static ScanAbort OfBreach(FailedPrecondition failed) => new(AuditResult.Failed, failed.Condition switch
    {
        "run_id" => "Another server answers there now, or it was restarted. Nothing was done to it.",
        "role" => "It is now a replica. Nothing was done to it.",
        "keys" => $"It now holds {failed.Found} keys, more than were confirmed. Nothing was done to it.",
        _ => $"{failed.Condition} is now {failed.Found}. Nothing was done to it.",
    });

    public static ScanAbort OfFault(Fault fault) =>
        new(fault.Kind is FaultKind.Hung or FaultKind.Closed ? AuditResult.Unknown : AuditResult.Failed, FaultSentence.Of(fault));
}
