using Dashboard.Audit.Chain;
using Dashboard.Audit.Events;

namespace Dashboard.Components.Audit;

/// <summary>How an act ended, in words and as a level of a chip.</summary>
internal static class AuditResultWords
{
    public static string Of(AuditRow row) => row.Kind switch
    {
        AuditKind.Intent => "begun",
        AuditKind.Late => $"{row.Result}, late",
        AuditKind.Restored => "acknowledged",
        _ => row.Result,
    };

    public static string LevelOf(AuditRow row) => row switch
    {
        { Kind: AuditKind.Intent } => "unknown",
        { Result: "done" } => "ok",
        { Result: "refused" or "cancelled" or "unknown" or "started" } => "warn",
        _ => "bad",
    };
}
