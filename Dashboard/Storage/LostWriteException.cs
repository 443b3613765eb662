namespace Dashboard.Storage;

/// <summary>
/// A statement succeeded, but what it wrote is missing. The store converts this into a <see cref="StoreException"/> with advice for its
/// database.
/// </summary>
internal sealed class LostWriteException(string table) : Exception($"The database did not keep a write to the table {table}.")
{
    public string Table => table;
}
