namespace Dashboard.Actions.Tokens;

/// <summary>Which tokens get a time to live.</summary>
/// <param name="Filter">What all of them have in common, without TTL in any case.</param>
internal sealed record RepairPayload(TokenFilter Filter) : ActionPayload;
