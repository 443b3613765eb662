namespace Dashboard.Storage;

/// <summary>Why a database could not be used, for a person.</summary>
/// <param name="Damaged">Whether its content is broken, which waiting does not fix.</param>
/// <param name="Why">A sentence with the cause and what to do.</param>
public sealed record StoreFailure(bool Damaged, string Why);
