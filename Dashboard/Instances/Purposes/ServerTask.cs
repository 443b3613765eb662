namespace Dashboard.Instances.Purposes;

/// <summary>What the console does on a server, as far as that depends on the purpose.</summary>
public enum ServerTask
{
    /// <summary>What the console does on every server.</summary>
    Any,

    /// <summary>Counting subscribers.</summary>
    CountSubscribers,

    /// <summary>Emptying the server's database, as a whole or in part, and bringing it back.</summary>
    Flush,

    /// <summary>Finding and revoking access tokens.</summary>
    Tokens,

    /// <summary>Telling the application's processes to close the live sockets of a user.</summary>
    CutSockets,

    /// <summary>Carrying hints between consoles.</summary>
    Backplane,
}
