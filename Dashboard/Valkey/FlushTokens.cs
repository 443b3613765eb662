namespace Dashboard.Valkey;

/// <summary>What a server says of the flush of one database, in one step.</summary>
/// <param name="Own">The token in the database that is flushed; null when there is none.</param>
/// <param name="Spare">The token in the spare database; null when there is none.</param>
/// <param name="OwnKeys">Keys of the database, without the token.</param>
/// <param name="SpareKeys">Keys of the spare database, without the token.</param>
/// <param name="Time">The server's clock, in microseconds since 1970.</param>
internal sealed record FlushTokens(FlushToken? Own, FlushToken? Spare, long OwnKeys, long SpareKeys, long Time);
