namespace Dashboard.Valkey.Resp;

/// <summary>What a reply is.</summary>
internal enum RespType
{
    /// <summary>A value: <c>+OK</c> or a bulk string.</summary>
    Value,

    /// <summary>A well-formed error, e.g. <c>-NOAUTH Authentication required.</c></summary>
    Error,

    /// <summary>Not RESP 2: another kind of server answers, e.g. <c>HTTP/1.1 400 Bad Request</c>.</summary>
    Alien,
}
