using Dashboard.Changes;
using Dashboard.Instances;

namespace Dashboard.Realtime;

/// <summary>
/// What one console tells the others: that something changed in the store they share. Whoever hears it reads the store. It holds ids alone,
/// never names, reasons or content.
/// </summary>
/// <param name="From">The id of the console that tells it.</param>
/// <param name="Kind">A name of <see cref="ChangeKind"/>; null for a test of the way itself.</param>
/// <param name="Instance">The instance that changed; null for the store itself.</param>
/// <param name="Id">The row that changed, see <see cref="Change.Id"/>.</param>
/// <param name="Test">The number of the test; 0 for a hint.</param>
public sealed record ReplicaHint(string From, string? Kind, string? Instance, string? Id, long Test)
{
    /// <summary>The longest text that is accepted from another console, in characters.</summary>
    private const int MaxText = 128;

    internal static ReplicaHint Of(ReplicaId from, Change change) =>
        new(from.Value, change.Kind.ToString(), change.Instance?.Value, change.Id, 0);

    internal static ReplicaHint OfTest(ReplicaId from, long number) => new(from.Value, null, null, null, number);

    /// <summary>Whether it can be a console's: another client of the cable instance may publish what it likes.</summary>
    internal bool IsPlausible => From is { Length: > 0 and <= MaxText };

    /// <summary>
    /// What changed. A kind that this version does not know, and an instance that it does not watch by that name, mean that all is read.
    /// Null for what is no hint.
    /// </summary>
    internal Change? Change =>
        Kind is null || Kind.Length > MaxText || Id?.Length > MaxText ? null
        : !Enum.GetNames<ChangeKind>().Contains(Kind) ? new(ChangeKind.Everything)
        : Instance is null ? new(Enum.Parse<ChangeKind>(Kind), null, Id)
        : InstanceId.Parse(Instance) is { } instance ? new(Enum.Parse<ChangeKind>(Kind), instance, Id)
        : new(ChangeKind.Everything);
}
