namespace Dashboard.Valkey;

/// <summary>What was done to some keys in one step.</summary>
/// <param name="Deleted">How many keys were deleted.</param>
/// <param name="Gone">How many did not exist any more.</param>
/// <param name="Changed">Positions of those whose value was not the expected one; they were left.</param>
internal sealed record RevokedPage(long Deleted, long Gone, IReadOnlyList<int> Changed);
