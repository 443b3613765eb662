namespace Dashboard.Info;

/// <summary>One logical database that holds keys, e.g. <c>db0:keys=5037,expires=5000,avg_ttl=86399715</c>.</summary>
/// <param name="Expires">Keys with a time to live; null when the server did not say.</param>
public sealed record DatabaseFacts(int Index, long Keys, long? Expires);
