namespace Dashboard.Valkey;

/// <summary>What a step of a flush with Undo did.</summary>
/// <param name="Keys">Keys of the database that is flushed, without the token.</param>
/// <param name="Time">The server's clock at the step, in microseconds since 1970.</param>
internal sealed record FlushStep(long Keys, long Time);
