using Dashboard.Actions.Flush.Retention;
using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Components.Actions.Flush;

/// <summary>What a flush at <see cref="Given.Start"/> keeps, and the server that has it.</summary>
internal static class Kept
{
    public const string RunId = "5f0c";

    /// <param name="foreign">What the check of its names found.</param>
    public static RetainedFlush RetainedFlush(
        RetentionState state = RetentionState.Retained, long keys = 400, string? foreign = "") =>
        new(Guid.Empty, InstanceId.Of("cache"), RunId, 0, 15, keys, "keeper", state, Given.Start,
            Given.Start + Dashboard.Actions.Flush.Retention.RetainedFlush.Window)
        { ForeignKeys = foreign };

    /// <param name="spare">Keys it still has; null when it does not tell.</param>
    public static Snapshot Facts(long? spare = 400, string runId = RunId) =>
        Given.Snapshot(
            "valkey-8.0.1-cache", ("run_id", runId),
            ("db15", spare is 0 ? null : $"keys={(spare is { } keys ? $"{keys}" : "many")},expires=0,avg_ttl=0"));
}
