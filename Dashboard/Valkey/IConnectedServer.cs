namespace Dashboard.Valkey;

/// <summary>
/// What every connection asks of its server, and what each call sends. Failures are values: no call throws but for cancellation.
/// </summary>
/// <remarks>
/// The commands on the interface itself are sent by connecting: our name by hand, and the client library's greeting.
/// A call is added with what it sends, and with its line in LeastPrivilegeTests; the tests then say what <c>secrets/generate</c> has to
/// grant.
/// </remarks>
[UsesCommand("CLIENT", "SETNAME", ByHand = true, Example = ["dashboard"])]
[UsesCommand("ECHO", Example = ["dashboard"])]
internal interface IConnectedServer : IAsyncDisposable
{
    /// <summary>The text of a plain <c>INFO</c>, connecting first when needed.</summary>
    [UsesCommand("INFO")]
    Task<Reply<string>> InfoAsync(CancellationToken cancel);

    /// <summary><c>ACL WHOAMI</c>: the user this connection signed in as.</summary>
    [UsesCommand("ACL", "WHOAMI")]
    Task<Reply<string>> WhoAmIAsync(CancellationToken cancel);

    /// <summary>
    /// <c>ACL DRYRUN</c>: whether a user may run a command, which does not run. A refusal leaves no row in the server's ACL log.
    /// </summary>
    /// <param name="command">With as many arguments as it needs. One the server does not know is a fault.</param>
    [UsesCommand("ACL", "DRYRUN", Example = ["default", "INFO"])]
    Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel);
}
