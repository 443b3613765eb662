using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Realtime;

/// <summary>
/// The hub over which consoles that share a store hear each other, distributed by SignalR's backplane on the cable instance. It has no
/// method and no address: the only connection of each console is one in its own memory (<see cref="HubLink"/>).
/// </summary>
internal sealed class ConsoleHub : Hub<IReplica>;
