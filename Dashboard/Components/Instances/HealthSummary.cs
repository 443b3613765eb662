using Dashboard.Alerts;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>What an instance's state means for users, in a sentence, with the chip beside its name.</summary>
/// <param name="Chip">Two or three words.</param>
/// <param name="Level"><c>ok</c>, <c>warn</c>, <c>bad</c> or <c>unknown</c>: the look of the chip; the words say it too.</param>
internal sealed record HealthSummary(string Chip, string Level, string Sentence)
{
    public static HealthSummary Of(InstanceState state, IReadOnlyList<Finding> findings) =>
        findings is [var worst, ..] ? new(worst.Status, LevelOf(worst.Severity), worst.Sentence)
        : state.Latest is null ? new("connecting", "unknown", "Asking for the first time.")
        : new("healthy", "ok", Healthy(state));

    public static string LevelOf(Severity severity) => severity switch
    {
        Severity.Critical => "bad",
        Severity.Warning => "warn",
        _ => "ok",
    };

    private static string Healthy(InstanceState state) => state.Instance.Purpose switch
    {
        Purpose.Cache => state.Facts?.Snapshot.Memory is { Fill: >= MemoryMeter.Full, EvictsAnyKey: true }
            ? "Reads are served from memory. Full is normal here: old keys give way to new ones."
            : "Reads are served from memory.",
        Purpose.Cable => state.Facts?.Supplementary.AppProcesses switch
        {
            null => "Live updates can be sent.",
            0 => "No app process is listening: live updates reach nobody.",
            1 => "Live updates reach everyone. One app process is listening.",
            { } count => $"Live updates reach everyone. {count} app processes are listening.",
        },
        Purpose.Session => state.Facts?.Snapshot.Persistence.AofEnabled is null
            ? "Sign-ins work; whether they survive a restart is unverified."
            : "Sign-ins work and survive a restart.",
        _ => "It answers.",
    };
}
