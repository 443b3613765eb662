namespace Dashboard.Storage;

/// <summary>Why a database could not be used, for a person.</summary>
/// <param name="Damaged">Its content is broken: waiting will not fix it.</param>
/// <param name="Why">A sentence with what to do.</param>
public sealed record StoreFailure(bool Damaged, string Why);
