namespace Dashboard.Changes;

/// <summary>Holds the changes that wait for one subscriber, and calls it.</summary>
/// <param name="failed">Called with the first of several consecutive exceptions.</param>
/// <param name="behind">Called once, when more than <see cref="MaxWaiting"/> changes waited.</param>
internal sealed class ChangeSubscription(
    ChangeKind[] kinds, Func<IReadOnlyCollection<Change>, Task> hear, Action<Exception> failed, Action behind,
    Action<ChangeSubscription> ended) : IDisposable
{
    /// <summary>The maximum number of waiting changes. More are replaced by <see cref="ChangeKind.Everything"/>.</summary>
    public const int MaxWaiting = 1_000;

    /// <summary>Whether it is called only for what this console changed itself.</summary>
    public bool IsForOwn { get; init; }

    private static readonly Change Everything = new(ChangeKind.Everything);

    private readonly Lock _gate = new();
    private HashSet<Change> _waiting = [];
    private bool _isDelivering;
    private bool _hasEnded;
    private bool _wasBehind;
    private bool _isFailing;

    public void Enqueue(Change change)
    {
        if (change.Kind != ChangeKind.Everything && !kinds.Contains(change.Kind))
        {
            return;
        }

        bool isFirstBehind;
        lock (_gate)
        {
            if (_hasEnded)
            {
                return;
            }

            isFirstBehind = Add(change);
            if (!_isDelivering)
            {
                _isDelivering = true;
                // Without the caller's execution context: its owner, such as a request, ends before this does.
                ThreadPool.UnsafeQueueUserWorkItem(_ => _ = DeliverAsync(), null);
            }
        }

        if (isFirstBehind)
        {
            behind();
        }
    }

    /// <summary>Ends delivery; a call in progress continues.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _hasEnded = true;
            _waiting = [];
        }

        ended(this);
    }

    /// <returns>True when the subscriber fell behind for the first time.</returns>
    private bool Add(Change change)
    {
        if (_waiting.Contains(Everything) || !_waiting.Add(change) || _waiting.Count <= MaxWaiting)
        {
            return false;
        }

        _waiting = [Everything];
        return !Exchange(ref _wasBehind, true);
    }

    /// <summary>Calls the subscriber until no changes wait. It does not throw.</summary>
    private async Task DeliverAsync()
    {
        while (Take() is { Count: > 0 } changes)
        {
            try
            {
                await hear(changes);
                _isFailing = false;
            }
            catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
            {
                // The subscriber ends.
            }
            catch (Exception error)
            {
                if (!Exchange(ref _isFailing, true))
                {
                    failed(error);
                }
            }
        }
    }

    private HashSet<Change> Take()
    {
        lock (_gate)
        {
            var changes = _waiting;
            _isDelivering = changes.Count > 0;
            _waiting = [];
            return changes;
        }
    }

    private static bool Exchange(ref bool field, bool value)
    {
        var before = field;
        field = value;
        return before;
    }
}
