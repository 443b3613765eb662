using Dashboard.Instances;
using Dashboard.Storage;

namespace Dashboard.Audit;

/// <summary>The answer to a person whose act was refused because it could not be recorded first.</summary>
/// <param name="Sentence">What was refused and why.</param>
/// <param name="Steps">What to do, in order; without secrets.</param>
internal sealed record ManualSteps(string Sentence, IReadOnlyList<string> Steps)
{
    /// <param name="action">The act as the log would have named it.</param>
    /// <param name="instance">The server on which it would have acted; null for the console itself.</param>
    public static ManualSteps For(string action, Instance? instance, StoreFailure failure) => new(
        $"{action}{(instance is null ? "" : $" on {instance.Id}")} was refused: the audit log cannot be written, and the console does "
            + $"nothing that it cannot record. {failure.Why} Watching continues.",
        [.. failure.Damaged ? Restore : Wait, .. instance is null ? [] : ByHand(instance)]);

    /// <summary>The steps to recover from a damaged or missing <c>console.db</c>.</summary>
    public static IReadOnlyList<string> Restore { get; } =
    [
        "Stop the console, and keep a copy of its data folder as it is now.",
        "Copy the backup of console.db to its place, and remove console.db-wal and console.db-shm: they belong to the damaged file.",
        "Leave audit.head and the audit key as they are, then start the console.",
        "Open the Audit page: it names the rows that the backup lacks. An owner acknowledges them with a reason.",
    ];

    private static IReadOnlyList<string> Wait { get; } = ["Fix what the sentence above names, then try again: no restart is needed."];

    private static IEnumerable<string> ByHand(Instance instance) =>
    [
        $"If it cannot wait, do it on the {instance.Profile.ServerName} server itself: "
            + $"valkey-cli -h {instance.Address.Host} -p {instance.Address.Port}{(instance.Address.Tls ? " --tls" : "")} --askpass. "
            + "Compare INFO's run_id and DBSIZE before you change anything.",
        "Note when, who, what, why and what the server answered, so that the log can be completed by hand.",
    ];
}
