using Dashboard.Access.Roles;
using Dashboard.Instances;

namespace Dashboard.Access;

/// <summary>Why an act is not done, and what to do instead.</summary>
/// <param name="Sentence">The sentence for the person who asked; without secrets.</param>
public sealed record Refusal(RefusalKind Kind, string Sentence)
{
    public static readonly Refusal SignedOut = new(RefusalKind.SignedOut, "You are signed out. Sign in again.");

    public static readonly Refusal Idle = new(RefusalKind.Idle, "You have been away for 30 minutes. Confirm that it is you, then try "
        + "again.");

    public static readonly Refusal StepUpRequired = new(RefusalKind.StepUpRequired, "Confirm that it is you, then try again.");

    internal static Refusal NotGranted(Permission permission, InstanceId? instance) => new(
        RefusalKind.NotGranted,
        $"You may not {permission.Act}{(permission.OfInstance && instance is { } one ? $" on {one}" : "")}. This needs the role "
            + $"{RoleNames.Of(permission.From)}; an owner can grant it.");

    internal static Refusal NoInstance(Permission permission) =>
        new(RefusalKind.NotGranted, $"You may not {permission.Act} without naming an instance.");

    /// <param name="why">Why the file cannot be used, with the remedy.</param>
    public static Refusal AuditUnavailable(string why) =>
        new(RefusalKind.AuditUnavailable, $"The console does nothing that it cannot record in the audit log. {why}");

    /// <param name="sentence">What is wrong with the request, and what to do instead.</param>
    public static Refusal Invalid(string sentence) => new(RefusalKind.Invalid, sentence);
}
