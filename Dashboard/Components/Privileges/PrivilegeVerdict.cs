using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Text;
using Dashboard.Valkey;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Components.Privileges;

/// <summary>The result of the privilege check of one connection, in words, with the lines that fix it.</summary>
/// <param name="Level"><c>ok</c>, <c>warn</c> or <c>unknown</c>: what could not be read is never green.</param>
/// <param name="Chip">Two or three words.</param>
/// <param name="OwnLimits">The limits of the console itself where the server sets none; null where it does.</param>
internal sealed record PrivilegeVerdict(string Level, string Chip, string Sentence, string? OwnLimits = null)
{
    private const string DefaultUser = "default";

    /// <summary>Grants the user lacks.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];

    /// <summary>Commands that the user may run and does not need.</summary>
    public IReadOnlyList<DangerousCommand> Excess { get; init; } = [];

    /// <summary>The purpose of each line, and the line to copy.</summary>
    public IReadOnlyList<(string What, string Line)> Remedies { get; init; } = [];

    /// <param name="report">The report; null while the check runs for the first time.</param>
    /// <param name="patterns">The settings' patterns of keys; null for the defaults.</param>
    public static PrivilegeVerdict Of(Instance instance, ConnectionRole role, PrivilegeReport? report, KeyPatterns? patterns = null)
    {
        var required = new RequiredPrivileges(instance, role, patterns);
        return report switch
        {
            null => new("unknown", "checking", "The server is being asked what this user may do."),
            PrivilegeReport.Failed { Fault: var fault }
                when FaultDescription.Of(fault, instance.Address.Endpoint) is var faultDescription =>
                new("unknown", faultDescription.Status, $"{instance.Id} {faultDescription.What} What this user may do is not known. "
                    + $"{faultDescription.Remedy}"),
            PrivilegeReport.Unverified unverified => OfUnverified(unverified, required, instance.For(role).User ?? DefaultUser),
            PrivilegeReport.Verified { Everything: true } verified => OfEverything(verified.User, instance, role, required),
            PrivilegeReport.Verified verified => OfVerified(verified, instance, role, required),
            _ => throw new InvalidOperationException("There is no such report."),
        };
    }

    private static PrivilegeVerdict OfUnverified(PrivilegeReport.Unverified report, RequiredPrivileges required, string user) =>
        new("unknown", "not verified", $"What this user may do is not known: {report.Why}.")
        {
            Missing = report.Needed,
            Remedies = report.Needed.Count > 0 ? [("To let the console find out:", required.LineToGrant(user, report.Needed))] : [],
        };

    private static PrivilegeVerdict OfEverything(string user, Instance instance, ConnectionRole role, RequiredPrivileges required) => new(
        "warn", "can do everything",
        $"This sign-in opens the whole server: none of the {DangerousCommands.All.Count} dangerous commands on the console’s list is "
            + $"refused.",
        $"The only brake is the console’s own: its {Name(role)} connection can send {EnglishList.Of(required.Sendable)}, and nothing else.")
    {
        Remedies = [Reduction(user, instance, role, required)],
    };

    private static PrivilegeVerdict OfVerified(
        PrivilegeReport.Verified report, Instance instance, ConnectionRole role, RequiredPrivileges required)
    {
        (string, string)[] remedies = (report.Missing.Count, report.Excess.Count) switch
        {
            (_, > 0) => [Reduction(report.User, instance, role, required)],
            ( > 0, _) => [("To grant what is missing:", required.LineToGrant(report.User, report.Missing))],
            _ => [],
        };
        var (level, chip, sentence) = (report.Missing.Count, report.Excess.Count) switch
        {
            (0, 0) =>
                ("ok", "no more than it needs", $"It may run what the console sends ({required.Count} commands) and none of the "
                    + $"{DangerousCommands.All.Count} dangerous ones on the console’s list."),
            (_, 0) => ("warn", "lacks rights", "The console sends commands that this user may not run; what depends on them is not shown."),
            (0, _) => ("warn", "may do too much", "It may run commands that the console never sends."),
            _ => ("warn", "wrong rights", "It lacks commands that the console sends, and may run others that it never sends."),
        };
        return new(level, chip, sentence) { Missing = report.Missing, Excess = report.Excess, Remedies = remedies };
    }

    /// <summary>
    /// Reduces a user to what it needs. The default user is also the application's: it keeps its rights, and the console gets a user of its
    /// own.
    /// </summary>
    private static (string, string) Reduction(string user, Instance instance, ConnectionRole role, RequiredPrivileges required) =>
        user == DefaultUser
        ? ($"To give {(role == ConnectionRole.Backplane ? "the backplane" : Name(role))} a user of its own, make it and name it in "
            + $"Dashboard:Instances:{instance.Id}:{role}:User and …:PasswordFile:", required.LineToMake)
        : ("To give it what it needs and no more:", required.LineToReduce(user));

    private static string Name(ConnectionRole role) => role switch
    {
        ConnectionRole.Watch => "watching",
        ConnectionRole.Act => "acting",
        _ => "backplane",
    };
}
