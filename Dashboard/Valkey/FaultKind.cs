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

    /// <summary>
    /// The server accepted the connection but did not answer in time: hung, stopped or in the first seconds of a long script.
    /// </summary>
    Hung,

    /// <summary>The server closed the connection without a reply.</summary>
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

    /// <summary>LOADING: the server reads its dataset and refuses even INFO.</summary>
    Loading,

    /// <summary>BUSY: a script has run past the server's limit.</summary>
    Busy,

    /// <summary>MISCONF: the server cannot write to disk and refuses commands.</summary>
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
