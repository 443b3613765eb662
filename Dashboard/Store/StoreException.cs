namespace Dashboard.Store;

/// <summary>A database file could not be used. Its message is <see cref="StoreTrouble.Why"/>: for a person, without content of the file.</summary>
internal sealed class StoreException(StoreTrouble trouble, Exception? cause = null) : Exception(trouble.Why, cause)
{
    public StoreTrouble Trouble => trouble;
}
