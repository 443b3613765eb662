namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The parts of an attempt to cut sockets, in order.</summary>
internal enum SocketStep
{
    /// <summary>Reading who listens. Nothing was sent.</summary>
    Look,

    /// <summary>Sending. Where the answer is lost, it is unknown whether it was sent.</summary>
    Send,

    /// <summary>Looking who remains. It was sent.</summary>
    Verify,

    /// <summary>The attempt is complete.</summary>
    Done,
}
