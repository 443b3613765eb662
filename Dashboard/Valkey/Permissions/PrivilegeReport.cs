namespace Dashboard.Valkey.Permissions;

/// <summary>What the self-test of one connection found: its user's rights, or why they are not known.</summary>
public abstract record PrivilegeReport
{
    private PrivilegeReport()
    {
    }

    /// <summary>When the test ended.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The server told what this user may do.</summary>
    /// <param name="User">Whom the server takes us for.</param>
    /// <param name="Missing">
    /// Grants of what we send, e.g. <c>pubsub|numsub</c>, that the user lacks; for a database it is <see cref="AclRules.AllDatabases"/>.
    /// </param>
    /// <param name="Excess">What the user may run of <see cref="DangerousCommands"/> although nothing of ours sends it.</param>
    /// <param name="Everything">Nothing on the list is refused: the password opens the whole server.</param>
    public sealed record Verified(string User, IReadOnlyList<string> Missing, IReadOnlyList<DangerousCommand> Excess, bool Everything)
        : PrivilegeReport;

    /// <summary>It answered, but would not or could not tell what the user may do.</summary>
    /// <param name="Why">Follows a colon.</param>
    /// <param name="Needed">Grants the self-test wants; empty when none would help.</param>
    public sealed record Unverified(string Why, IReadOnlyList<string> Needed) : PrivilegeReport;

    /// <summary>There was no signing in.</summary>
    public sealed record Failed(Fault Fault) : PrivilegeReport;

    /// <summary>Asking again would leave one more refusal in the server's ACL log.</summary>
    public bool LeavesRefusals => this is Unverified { Needed.Count: > 0 } or Verified { Missing.Count: > 0 };
}
