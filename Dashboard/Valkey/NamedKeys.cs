namespace Dashboard.Valkey;

/// <summary>A pattern of keys.</summary>
/// <param name="Pattern">As the server's MATCH and ACL rules read it, e.g. <c>token:*</c>.</param>
/// <param name="Example">A name that matches it, e.g. <c>token:x</c>; no such key has to exist.</param>
internal sealed record NamedKeys(string Pattern, string Example);
