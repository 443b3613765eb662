namespace Dashboard.Valkey.Permissions;

/// <summary>Asks a server what the user of one connection may do, by dry runs: no command runs, and a refusal leaves no trace.</summary>
/// <param name="server">A connection of the check's own, not the poller's.</param>
internal sealed class PrivilegeCheck(IConnectedServer server, RequiredPrivileges required)
{
    private static readonly string[] OwnGrants = [new ServerCommand("ACL", "DRYRUN").Grant, new ServerCommand("ACL", "WHOAMI").Grant];

    public async Task<PrivilegeReport> RunAsync(CancellationToken cancel)
    {
        if ((await server.InfoAsync(cancel)).Fault is { } fault)
        {
            return fault.Kind is FaultKind.NoPerm
                ? new PrivilegeReport.Unverified("this user may not run INFO", ["info", .. OwnGrants])
                : new PrivilegeReport.Failed(fault);
        }

        var user = await server.WhoAmIAsync(cancel);
        return user.Fault is { } refused ? Unanswered("ACL WHOAMI", refused) : await FindMissingAsync(user.Value!, cancel);
    }

    private async Task<PrivilegeReport> FindMissingAsync(string user, CancellationToken cancel)
    {
        List<string> missing = [];
        foreach (var command in required.Declared.Select(sends => sends.Command).DistinctBy(command => string.Join(' ', command.FullCommand)))
        {
            var run = await server.MayRunAsync(user, command.FullCommand, cancel);
            if (run.Fault is { } fault)
            {
                return Unanswered("ACL DRYRUN", fault);
            }

            if (run.Value is not DryRun.Allowed)
            {
                missing.Add(run.Value is DryRun.OtherDatabase ? AclRules.AllDatabases : command.Grant);
            }
        }

        return await FindExcessAsync(user, [.. missing.Distinct()], cancel);
    }

    private async Task<PrivilegeReport> FindExcessAsync(string user, IReadOnlyList<string> missing, CancellationToken cancel)
    {
        List<DangerousCommand> excess = [];
        var declared = required.Declared.Select(sends => sends.Command.Grant).ToHashSet();
        var refusals = 0;
        foreach (var danger in DangerousCommands.All)
        {
            var run = await server.MayRunAsync(user, danger.Command.FullCommand, cancel);
            if (run.Fault is { } fault)
            {
                // A command that the server does not know, or that was renamed, is neither allowed nor refused.
                if (fault.Kind is FaultKind.Other)
                {
                    continue;
                }

                return Unanswered("ACL DRYRUN", fault);
            }

            refusals += run.Value is DryRun.Allowed ? 0 : 1;
            if (run.Value is (DryRun.Allowed or DryRun.OutOfScope) && !declared.Contains(danger.Command.Grant))
            {
                excess.Add(danger);
            }
        }

        return new PrivilegeReport.Verified(user, missing, excess, Everything: excess.Count > 0 && refusals == 0);
    }

    private static PrivilegeReport Unanswered(string question, Fault fault) => fault.Kind switch
    {
        FaultKind.NoPerm => new PrivilegeReport.Unverified($"this user may not run {question}", OwnGrants),
        FaultKind.Closed =>
            new PrivilegeReport.Unverified(
                "the connection ended after INFO, as it does for a user who may not ECHO", ["echo", .. OwnGrants]),
        FaultKind.Other => new PrivilegeReport.Unverified($"this server does not answer {question}, which came with version 7.0", []),
        _ => new PrivilegeReport.Failed(fault),
    };
}
