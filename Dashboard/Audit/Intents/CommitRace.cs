namespace Dashboard.Audit.Intents;

/// <summary>Decides between a writer about to commit, after which rows may have been written, and a caller who stops waiting.</summary>
internal sealed class CommitRace
{
    private const int Committing = 1;
    private const int Withdrawn = 2;

    private int _state;

    /// <summary>Called by the writer, right before the commit.</summary>
    /// <exception cref="OperationCanceledException">The caller stopped waiting first: the work must be undone.</exception>
    public void BeginCommit()
    {
        if (Interlocked.CompareExchange(ref _state, Committing, 0) == Withdrawn)
        {
            throw new OperationCanceledException("The caller no longer waits.");
        }
    }

    /// <summary>Called by the caller that stops waiting.</summary>
    /// <returns>True when nothing will be written; false when the commit has begun.</returns>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, 0) != Committing;
}
