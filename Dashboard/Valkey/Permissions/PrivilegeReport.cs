namespace Dashboard.Valkey.Permissions;

/// <summary>What the self-test of one connection found: its user's rights, or why they are not known.</summary>
public abstract record PrivilegeReport
{
    private PrivilegeReport()
    {
    }

    /// <summary>When the test ended.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The server reported what this user may do.</summary>
    /// <param name="User">The user that the connection signed in as.</param>
    /// <param name="Missing">Grants that the console's commands need and the user lacks, e.g. <c>pubsub|numsub</c>; for a database it is
    /// <see cref="AclRules.AllDatabases"/>.</param>
    /// <param name="Excess">The <see cref="DangerousCommands"/> that the user may run although the console never sends them.</param>
    /// <param name="Everything">Whether nothing on the list is refused: the password opens the whole server.</param>
    public sealed record Verified(string User, IReadOnlyList<string> Missing, IReadOnlyList<DangerousCommand> Excess, bool Everything)
        : PrivilegeReport;

    /// <summary>The server answered, but would not or could not report what the user may do.</summary>
    /// <param name="Why">The reason, as it reads after a colon.</param>
    /// <param name="Needed">Grants that the self-test needs; empty when none would help.</param>
    public sealed record Unverified(string Why, IReadOnlyList<string> Needed) : PrivilegeReport;

    /// <summary>Signing in failed.</summary>
    public sealed record Failed(Fault Fault) : PrivilegeReport;

    /// <summary>Whether asking again would leave one more refusal in the server's ACL log.</summary>
    public bool LeavesRefusals => this is Unverified { Needed.Count: > 0 } or Verified { Missing.Count: > 0 };
}
