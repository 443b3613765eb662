using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>What an earlier flush left.</summary>
/// <param name="Policy">The eviction policy of the server.</param>
/// <param name="Spare">The spare database.</param>
/// <param name="Own">The token in the database of the instance; null for none.</param>
/// <param name="Kept">The token in the spare database; null for none.</param>
internal sealed record LeftoverPayload(string Policy, int Spare, FlushToken? Own, FlushToken? Kept) : ActionPayload;
