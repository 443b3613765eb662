using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>Why a scan ended before it covered all keys.</summary>
/// <param name="Result">Cancelled, failed, or unknown where the last page's answer was lost.</param>
/// <param name="Sentence">For people.</param>
internal sealed record ScanAbort(AuditResult Result, string Sentence)
{
    /// <summary>The condition that did not hold on the server; null where it ended for another reason.</summary>
    public string? Condition { get; init; }

    /// <summary>What the server has instead; null where it ended for another reason.</summary>
    public string? Found { get; init; }

    /// <summary>The outcome where the scan ended before anything was done.</summary>
    public ActionOutcome Outcome => new(Result, Sentence);

    public static readonly ScanAbort TooSlow = new(
        AuditResult.Failed, "The scan stopped: the server's answers took too long for 3 s, and other clients would have been affected. "
            + "Try again when the server is less busy.");

    public static ScanAbort NotEmpty(int database) =>
        new(AuditResult.Failed, $"Keys remain in database {database} after repeated scans: another client writes there.");

    /// <summary>Why a server that changed its replication id may have other keys, to follow a colon.</summary>
    public const string OtherKeys = "it was synchronized from another server in between, or its replication began or ended";

    /// <param name="most">The number of keys confirmed.</param>
    public static ScanAbort AtCeiling(long most) => AtCeiling(CountText.Keys(most));

    /// <param name="most">What was confirmed, e.g. <c>53 tokens</c>.</param>
    public static ScanAbort AtCeiling(string most) =>
        new(AuditResult.Cancelled,
            $"It stopped at {most}, the maximum that was confirmed: there are more than the preview showed. "
                + "Open the preview again.");

    /// <param name="why">A sentence.</param>
    public static ScanAbort Stopped(string why) => new(AuditResult.Cancelled, why);

    public static ScanAbort OfBreach(FailedPrecondition failed) => new(AuditResult.Failed, failed.Condition switch
    {
        "run_id" => "Another server answers there now, or it was restarted. Nothing was done to it.",
        "role" => "It is now a replica. Nothing was done to it.",
        "master_replid" => $"It may have other keys than the ones you saw: {OtherKeys}. Nothing was done to it.",
        "maxmemory_policy" => $"Its eviction policy is {failed.Found} now, which is another purpose's. Nothing was done to it.",
        "keys" => $"It now holds {failed.Found} keys, more than were confirmed. Nothing was done to it.",
        "token" => "What it acts on is in another state on the server now. Nothing more was done to it.",
        _ => $"{failed.Condition} is now {failed.Found}. Nothing was done to it.",
    })
    {
        Condition = failed.Condition,
        Found = failed.Found,
    };

    public static ScanAbort OfFault(Fault fault) =>
        new(fault.Kind is FaultKind.Hung or FaultKind.Closed ? AuditResult.Unknown : AuditResult.Failed, FaultSentence.Of(fault));
}
