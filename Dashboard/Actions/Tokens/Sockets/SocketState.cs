namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>What is known of a user's live sockets.</summary>
internal enum SocketState
{
    /// <summary>The settings do not say how the application names its sockets.</summary>
    NotSetUp,

    /// <summary>No instance is the cable, or several are and none is named.</summary>
    NoCable,

    /// <summary>Connections are identified by something other than a user, such as a session record.</summary>
    NotByUser,

    /// <summary>The cable did not answer as asked, or is not the server to ask: nothing is known of the sockets now.</summary>
    Unknown,

    /// <summary>
    /// Processes listened and none does any more. They keep their sockets open and cannot be told, until they are restarted.
    /// </summary>
    SentinelsMissing,

    /// <summary>No process of ActionCable was ever seen listening: AnyCable, Solid Cable, or no visitor yet.</summary>
    NeverAnySentinel,

    /// <summary>Sockets were told to close, or none was found, but sockets may be left that the console cannot see.</summary>
    CannotProveClosed,

    /// <summary>All were closed, and a socket of the user is open again.</summary>
    Returned,

    /// <summary>No socket of the user was open.</summary>
    NoneOpen,

    /// <summary>All that were open were told to close, and none remains.</summary>
    Closed,
}
