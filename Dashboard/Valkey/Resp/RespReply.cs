namespace Dashboard.Valkey.Resp;

/// <summary>One reply as it was read.</summary>
/// <param name="Text">The value, or the error's text without its dash; for <see cref="RespType.Alien"/> what came instead, as far as it is
/// readable.</param>
internal readonly record struct RespReply(RespType Kind, string Text);
