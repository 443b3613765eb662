namespace Dashboard.Storage;

/// <summary>
/// A statement was answered as done, and what it wrote is not there. The store turns it into a <see cref="StoreException"/> in the words of
/// its database.
/// </summary>
internal sealed class LostWriteException(string table) : Exception($"What was written to the table {table} was not kept.")
{
    public string Table => table;
}
