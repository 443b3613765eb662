using System.Globalization;
using Dashboard.Alerts;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Components.Instances;

/// <summary>What an instance's state means for users, in a sentence, and the chip beside its name.</summary>
/// <param name="Chip">Two or three words.</param>
/// <param name="Level"><c>ok</c>, <c>warn</c>, <c>bad</c> or <c>unknown</c>: the colour of the chip; its words say the same.</param>
internal sealed record HealthSummary(string Chip, string Level, string Sentence)
{
    public static HealthSummary Of(InstanceState state, IReadOnlyList<Finding> findings) =>
        findings is [var worst, ..] ? new(worst.Status, LevelOf(worst.Severity), worst.Sentence)
        : state.Latest is null ? new("connecting", "unknown", "Asking for the first time.")
        : IsUnheard(state) ? new(
            "no listeners", "unknown", "Live updates can be sent. No app process listens: nobody is connected yet, or no process runs.")
        : new("healthy", "ok", Healthy(state));

    /// <summary>Nothing is wrong that was seen, and live updates reach no one.</summary>
    private static bool IsUnheard(InstanceState state) =>
        state.Instance.Profile.Healthy.ByListeners is not null && state.Facts?.Supplementary.AppProcesses == 0;

    public static string LevelOf(Severity severity) => severity switch
    {
        Severity.Critical => "bad",
        Severity.Warning => "warn",
        _ => "ok",
    };

    private static string Healthy(InstanceState state)
    {
        var (healthy, facts) = (state.Instance.Profile.Healthy, state.Facts);
        return healthy.WhenFull is { } full && facts?.Snapshot.Memory is { Fill: >= MemoryMeter.Full, EvictsAnyKey: true } ? full
            : healthy.ByListeners is { } listeners && facts?.Supplementary.AppProcesses is > 0 and var count ? Listening(listeners, count)
            : healthy.WhenPersistenceUnverified is { } unverified && facts?.Snapshot.Persistence.AofEnabled is null ? unverified
            : healthy.Usual;
    }

    private static string Listening(ListenerSentences sentences, long count) => count switch
    {
        1 => sentences.One,
        _ => string.Format(CultureInfo.CurrentCulture, sentences.Many, count),
    };
}
