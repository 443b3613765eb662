using Dashboard.Actions;

namespace Dashboard.Api.Hub;

/// <summary>A run of an action as programs hear it: without people, reasons and sentences, which may name users.</summary>
/// <param name="State"><c>running</c>, or its result: <c>done</c>, <c>failed</c>, <c>cancelled</c>, <c>unknown</c>.</param>
/// <param name="Done">Keys so far.</param>
/// <param name="Total">About how many keys there are; null while that is not known.</param>
public sealed record RunJson(
    Guid Id, string Action, string Instance, string State, DateTimeOffset BegunAt, DateTimeOffset? EndedAt, long Done, long? Total)
{
    internal static RunJson Of(Run run) => new(
        run.Id, run.Action, run.Instance.Value, run.IsOver ? (run.Result?.ToString() ?? "unknown").ToLowerInvariant() : "running",
        run.BegunAt, run.EndedAt, run.Done, run.Total);
}
