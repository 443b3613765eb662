using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey;

/// <summary>
/// What a call of <see cref="IServerWatcher"/> or <see cref="IServerActor"/> sends. The ACL rules, the client library's command map and
/// the privileges page all come from these: a call that is declared is granted, and nothing else is.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true)]
internal sealed class UsesCommandAttribute(string name, string? subcommand = null) : Attribute
{
    /// <summary>Arguments that make it whole, see <see cref="ServerCommand"/>. Its key or channel must be one of <see cref="Keys"/> or <see cref="Channels"/>.</summary>
    public string[] Example { get; init; } = [];

    /// <summary>What it is sent for: a server is sent it when its purpose includes that.</summary>
    public ServerTask For { get; init; } = ServerTask.Any;

    /// <summary>Patterns of the keys it touches, e.g. <c>token:*</c>.</summary>
    public string[] Keys { get; init; } = [];

    /// <summary>Patterns of the channels it touches.</summary>
    public string[] Channels { get; init; } = [];

    /// <summary>Called by one of our <see cref="LuaScripts"/>: its user needs the right, and the connection cannot send it.</summary>
    public bool InScript { get; init; }

    /// <summary>Sent before the client library has the connection, which never learns to send it.</summary>
    public bool ByHand { get; init; }

    /// <summary>Sent only where nobody named a user: a named one is taken for a user with few rights, is not asked and needs no grant.</summary>
    public bool UnnamedUserOnly { get; init; }

    public ServerCommand Command => new(name, subcommand, Example);
}
