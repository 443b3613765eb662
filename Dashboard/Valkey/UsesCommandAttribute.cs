using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Commands;

namespace Dashboard.Valkey;

/// <summary>
/// Declares a command that a call of <see cref="IServerWatcher"/> or <see cref="IServerActor"/> sends. The ACL rules, the client library's
/// command map and the privileges page all come from these: a declared command is granted, and nothing else is.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface, AllowMultiple = true)]
internal sealed class UsesCommandAttribute(string name, string? subcommand = null) : Attribute
{
    /// <summary>
    /// Arguments that complete the command, see <see cref="ServerCommand"/>. A key or channel among them must be one of <see cref="Keys"/>
    /// or <see cref="Channels"/>.
    /// </summary>
    public string[] Example { get; init; } = [];

    /// <summary>What the command is sent for: only a server whose purpose includes that task receives it.</summary>
    public ServerTask For { get; init; } = ServerTask.Any;

    /// <summary>Patterns of the keys that the command touches, e.g. <c>token:*</c>.</summary>
    public string[] Keys { get; init; } = [];

    /// <summary>Patterns of the channels that the command touches.</summary>
    public string[] Channels { get; init; } = [];

    /// <summary>
    /// Whether it is granted by a selector, for <see cref="Keys"/> alone, while other commands may touch other keys.
    /// </summary>
    public bool InSelector { get; init; }

    /// <summary>
    /// Whether one of the <see cref="LuaScripts"/> calls it: the ACL user needs the right, but the connection cannot send it.
    /// </summary>
    public bool InScript { get; init; }

    /// <summary>Whether it is sent before the client library has the connection; the library itself cannot send it.</summary>
    public bool ByHand { get; init; }

    /// <summary>
    /// Whether it is sent only where the settings name no user: a named user is assumed to have few rights, is not asked and needs no
    /// grant.
    /// </summary>
    public bool UnnamedUserOnly { get; init; }

    /// <summary>
    /// Whether it is used where the user may run it, and not missed elsewhere: no rule grants it, because some server would not start with it.
    /// </summary>
    public bool IsOptional { get; init; }

    public ServerCommand Command => new(name, subcommand, Example);

    /// <summary>
    /// The same, with the settings' patterns in place of <see cref="KeyPatterns.Tokens"/> and <see cref="KeyPatterns.TokenIndexes"/>: one
    /// for each pattern, none where there are none.
    /// </summary>
    public IEnumerable<UsesCommandAttribute> With(KeyPatterns patterns) => Keys is [var key] && patterns.Of(key) is { } named
        ? named.Select(one => new UsesCommandAttribute(name, subcommand)
        {
            Example = [.. Example.Select(word => word == key ? one.Example : word)],
            For = For,
            Keys = [one.Pattern],
            Channels = Channels,
            InSelector = InSelector,
            InScript = InScript,
            ByHand = ByHand,
            UnnamedUserOnly = UnnamedUserOnly,
            IsOptional = IsOptional,
        })
        : [this];
}
