namespace Dashboard.Storage;

/// <summary>
/// A database could not be used. The message is <see cref="StoreFailure.Why"/>: for a person, and without any of its content.
/// </summary>
internal sealed class StoreException(StoreFailure failure, Exception? cause = null) : Exception(failure.Why, cause)
{
    public StoreFailure Failure => failure;
}
