namespace Dashboard.Actions.Flush;

/// <summary>What a planned flush by prefix depends on.</summary>
/// <param name="Policy">The <c>maxmemory_policy</c> that the server must still have.</param>
internal sealed record PrefixPayload(string Policy) : ActionPayload;
