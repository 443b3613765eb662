namespace Dashboard.Actions.Tokens;

/// <summary>What the name of a token's key holds.</summary>
public enum TokenKeyForm
{
    /// <summary>The token itself.</summary>
    Raw,

    /// <summary>The SHA-256 of the token, in hexadecimal.</summary>
    Sha256,

    /// <summary>The MD5 of the token, in hexadecimal.</summary>
    Md5,

    /// <summary><c>2::</c> and the SHA-256 of the id that the session's cookie holds.</summary>
    RackSession,

    /// <summary>The user alone: the value is the secret.</summary>
    User,
}
