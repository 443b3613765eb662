using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Valkey;

/// <summary>Everything we ask of one server, and what each call sends. Failures are values: no call throws but for cancellation.</summary>
/// <remarks>
/// What stands on the interface itself is sent by connecting: our name by hand, and the client library's greeting.
/// A call is added with what it sends, and with its line in LeastPrivilegeTests; the tests then say what <c>secrets/generate</c> has to grant.
/// </remarks>
[Sends("CLIENT", "SETNAME", ByHand = true, Example = ["dashboard"])]
[Sends("ECHO", Example = ["dashboard"])]
internal interface IValkeyServer : IAsyncDisposable
{
    /// <summary>The text of a plain <c>INFO</c>, connecting first when needed.</summary>
    [Sends("INFO")]
    Task<Reply<string>> InfoAsync(CancellationToken cancel);

    /// <summary><c>PUBSUB NUMSUB</c>: connections subscribed to one channel.</summary>
    [Sends("PUBSUB", "NUMSUB", On = [Duty.Watch], For = [Purpose.Cable])]
    Task<Reply<long>> SubscribersAsync(string channel, CancellationToken cancel);

    /// <summary><c>PUBSUB CHANNELS</c>: how many channels match. The caller bounds the number of channels first: the server builds the whole list in one go.</summary>
    [Sends("PUBSUB", "CHANNELS", On = [Duty.Watch], For = [Purpose.Cable])]
    Task<Reply<long>> CountChannelsAsync(string pattern, CancellationToken cancel);

    /// <summary><c>CONFIG GET</c> of one named parameter, never a pattern: a pattern may return the password.</summary>
    [Sends("CONFIG", "GET", On = [Duty.Watch], UnnamedUserOnly = true, Example = ["save"])]
    Task<Reply<string>> ConfigAsync(string parameter, CancellationToken cancel);

    /// <summary><c>ACL WHOAMI</c>: the user this connection signed in as.</summary>
    [Sends("ACL", "WHOAMI")]
    Task<Reply<string>> WhoAmIAsync(CancellationToken cancel);

    /// <summary><c>ACL DRYRUN</c>: whether a user may run a command, which does not run. A refusal leaves no row in the server's ACL log.</summary>
    /// <param name="command">With as many arguments as it needs. One the server does not know is a fault.</param>
    [Sends("ACL", "DRYRUN", Example = ["default", "INFO"])]
    Task<Reply<DryRun>> MayRunAsync(string user, IReadOnlyList<string> command, CancellationToken cancel);
}
