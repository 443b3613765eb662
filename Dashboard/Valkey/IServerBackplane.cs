using Dashboard.Instances.Purposes;

namespace Dashboard.Valkey;

/// <summary>
/// What the backplane sends to its cable instance. It is carried by the client library and SignalR, so there is nothing to call: the
/// commands are declared here.
/// </summary>
[UsesCommand("SUBSCRIBE", For = ServerTask.Backplane, Channels = [Channels], Example = [Channels])]
[UsesCommand("UNSUBSCRIBE", For = ServerTask.Backplane)]
[UsesCommand("PUBLISH", For = ServerTask.Backplane, Channels = [Channels], Example = [Channels, "hint"])]
internal interface IServerBackplane : IConnectedServer
{
    /// <summary>How every channel begins. The id of the store, the version of the hints and SignalR's own name follow.</summary>
    const string Prefix = "dash:";

    private const string Channels = Prefix + "*";
}
