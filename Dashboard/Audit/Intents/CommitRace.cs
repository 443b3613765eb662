namespace Dashboard.Audit.Intents;

/// <summary>
/// Who came first: the writer about to commit, from when on nobody can say that nothing was written; or the caller who waits no longer.
/// </summary>
internal sealed class CommitRace
{
    private const int Said = 1;
    private const int TakenBack = 2;

    private int _state;

    /// <summary>By the writer, right before the commit.</summary>
    /// <exception cref="OperationCanceledException">The caller has gone: the work is to be undone.</exception>
    public void Say()
    {
        if (Interlocked.CompareExchange(ref _state, Said, 0) == TakenBack)
        {
            throw new OperationCanceledException("Whoever asked for it waits no longer.");
        }
    }

    /// <summary>By the caller.</summary>
    /// <returns>True: nothing will be written. False: it is being written.</returns>
    public bool TakeBack() => Interlocked.CompareExchange(ref _state, TakenBack, 0) != Said;
}
