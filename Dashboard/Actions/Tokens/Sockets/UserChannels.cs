namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The channels of one user's live sockets. Their names may hold session ids: they are never shown, logged or kept.</summary>
/// <param name="settings">Of sockets that are set up.</param>
/// <param name="user">The user's id as text, 1 to <see cref="GlobalId.MaxId"/> characters.</param>
/// <exception cref="ArgumentException">The id is empty or too long.</exception>
internal sealed class UserChannels(SocketSettings settings, string user)
{
    private readonly ConnectionChannels _channels = new(settings.ChannelPrefix);
    private readonly string _param = GlobalId.Param(settings.GlobalIdApp, settings.GlobalIdModel, user);

    /// <summary>The channel of connections that are identified by the user alone.</summary>
    public string Computed => _channels.Of(_param);

    /// <summary>Whether connections have no other identifier, so that the user has no other channel than <see cref="Computed"/>.</summary>
    public bool IsComputedOnly => settings.IdentifiedBy.Count == 1;

    /// <summary>A pattern that matches at least the user's channels.</summary>
    public string Pattern => _channels.PatternOf(_param);

    /// <summary>Whether the user is one of the identifiers of a channel: a whole one, so that user 4 is not user 42.</summary>
    public bool IsOfUser(string channel) => _channels.IdentifiersIn(channel).Contains(_param, StringComparer.Ordinal);

    /// <summary>Whether a channel is that of any user, as the settings describe them.</summary>
    public bool IsOfAnyUser(string channel) => _channels.IdentifiersIn(channel)
        .Any(identifier => GlobalId.IsParamOf(settings.GlobalIdApp, settings.GlobalIdModel, identifier));
}
