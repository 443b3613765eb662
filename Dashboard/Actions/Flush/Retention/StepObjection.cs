using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Why the server did not do a step on what a flush retains, or what is known of a step whose answer was lost.</summary>
/// <param name="Abort">The result and the sentence for people.</param>
internal sealed record StepObjection(StepObstacle Obstacle, ScanAbort Abort)
{
    /// <returns>Null where the server did the step.</returns>
    public static StepObjection? Of<T>(RetainedFlush flush, Reply<PreconditionResult<T>> reply) => reply switch
    {
        { Fault: { } fault } => Of(flush, ScanAbort.OfFault(fault)),
        { Value.Failed: { } failed } => Of(flush, ScanAbort.OfBreach(failed)),
        _ => null,
    };

    /// <summary>The same for a scan whose pages are such steps.</summary>
    public static StepObjection Of(RetainedFlush flush, ScanAbort abort) => abort switch
    {
        { Condition: "token", Found: var found } => found!.StartsWith(flush.Id.ToString(), StringComparison.Ordinal)
            ? new(StepObstacle.OtherState, abort)
            : new(StepObstacle.TokenLost, new(AuditResult.Unknown, RetentionEvents.TokenLost(flush))),
        { Result: AuditResult.Unknown } => new(StepObstacle.ReplyLost, abort),
        _ => new(StepObstacle.Refused, abort),
    };
}
