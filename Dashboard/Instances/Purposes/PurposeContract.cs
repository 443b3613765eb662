namespace Dashboard.Instances.Purposes;

/// <summary>What a purpose promises of its server's configuration; null where the purpose promises nothing.</summary>
/// <param name="EvictionPolicy">The <c>maxmemory-policy</c> it needs.</param>
/// <param name="Persists">True: an append-only file is needed. False: nothing may be written to disk.</param>
/// <param name="OwnServer">It must not share a server (run_id or replication id) with another purpose.</param>
public sealed record PurposeContract(string? EvictionPolicy, bool? Persists, bool OwnServer);
