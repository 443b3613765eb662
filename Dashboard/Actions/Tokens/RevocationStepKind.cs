namespace Dashboard.Actions.Tokens;

/// <summary>What is done a while after tokens were revoked.</summary>
public enum RevocationStepKind
{
    /// <summary>Cuts the live sockets of the user, at once.</summary>
    CutSockets,

    /// <summary>Cuts them again after 2 s: a socket that was opening subscribes after it was let in.</summary>
    CutSocketsSoon,

    /// <summary>Cuts them again after 10 s.</summary>
    CutSocketsLater,

    /// <summary>Looks after 5 s whether they are back.</summary>
    LookSoon,

    /// <summary>Looks after 60 s whether they are back.</summary>
    LookLater,

    /// <summary>Not planned: a search found revoked tokens on a server again.</summary>
    SeenAgain,
}
