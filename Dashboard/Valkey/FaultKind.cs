namespace Dashboard.Valkey;

/// <summary>Why a poll got no facts. The first token of an error reply decides; its wording differs by server and version.</summary>
public enum FaultKind
{
    /// <summary>Nothing listens: the TCP connection was refused.</summary>
    Refused,

    /// <summary>The host name did not resolve.</summary>
    Dns,

    /// <summary>No route, or no answer to the TCP connection attempt within the time allowed.</summary>
    Unreachable,

    /// <summary>The TLS handshake failed: untrusted authority, wrong name, or a plain server.</summary>
    Tls,

    /// <summary>It accepted the connection and then said nothing in time: hung, stopped or busy in a script's first seconds.</summary>
    Hung,

    /// <summary>It closed the connection without a word.</summary>
    Closed,

    /// <summary>NOAUTH: a password is required and none was sent.</summary>
    NoAuth,

    /// <summary>WRONGPASS: the password or user was rejected.</summary>
    WrongPass,

    /// <summary>The password file could not be read, or is empty.</summary>
    PasswordFile,

    /// <summary>NOPERM: this user may not run INFO.</summary>
    NoPerm,

    /// <summary>The server has no free client slot.</summary>
    MaxClients,

    /// <summary>LOADING: it reads its dataset and refuses even INFO.</summary>
    Loading,

    /// <summary>BUSY: a script has run past the server's limit.</summary>
    Busy,

    /// <summary>MISCONF: it cannot write to disk and refuses.</summary>
    Misconf,

    /// <summary>MASTERDOWN: a replica that lost its primary and serves nothing.</summary>
    MasterDown,

    /// <summary>READONLY: a replica refused a write.</summary>
    ReadOnly,

    /// <summary>What answered does not speak RESP.</summary>
    NotValkey,

    /// <summary>Any other error reply.</summary>
    Other,
}
