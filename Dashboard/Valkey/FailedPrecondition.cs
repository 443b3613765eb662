namespace Dashboard.Valkey;

/// <summary>Why a server did nothing: one condition did not hold when it checked.</summary>
/// <param name="Condition">E.g. <c>run_id</c>, <c>role</c>, <c>master_replid</c>, <c>maxmemory_policy</c>, <c>keys</c>,
/// <c>spare</c>.</param>
/// <param name="Found">What the server has instead, shortened.</param>
internal sealed record FailedPrecondition(string Condition, string Found);
