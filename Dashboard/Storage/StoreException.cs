namespace Dashboard.Storage;

/// <summary>A database could not be used. Its message is <see cref="StoreFailure.Why"/>: for a person, without content of it.</summary>
internal sealed class StoreException(StoreFailure failure, Exception? cause = null) : Exception(failure.Why, cause)
{
    public StoreFailure Trouble => failure;
}
