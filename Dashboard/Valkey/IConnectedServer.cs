namespace Dashboard.Valkey;

/// <summary>
/// The calls that every connection can make to its server, and the commands that each sends. Failures are values: a call throws only for
/// cancellation.
/// </summary>
/// <remarks>
/// The attributes on the interface itself declare what connecting sends: the console's name, by hand, and the client library's greeting. A
/// new call needs its commands here and a line in LeastPrivilegeTests; the tests then report what <c>secrets/generate</c> has to grant.
/// </remarks>
[UsesCommand("CLIENT", "SETNAME", ByHand = true, Example = ["dashboard"])]
[UsesCommand("ECHO", Example = ["dashboard"])]
internal interface IConnectedServer : IAsyncDisposable
{
    /// <summary>The text of a plain <c>INFO</c>; connects first when needed.</summary>
    [UsesCommand("INFO")]
    Task<Reply<string>> InfoAsync(CancellationToken cancel);

    /// <summary><c>ACL WHOAMI</c>: the user this connection signed in as.</summary>
    [UsesCommand("ACL", "WHOAMI")]
    Task<Reply<string>> WhoAmIAsync(CancellationToken cancel);

    /// <summary>
    /// <c>ACL DRYRUN</c>: whether a user may run a command, which does not run. A refusal leaves no row in the server's ACL log.
    /// </summary>
    /// <param name="command">The command with as many arguments as it needs. A command that the server does not know is a fault.</param>
    [UsesCommand("ACL", "DRYRUN", Example = ["default", "INFO"])]
    Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel);
}
