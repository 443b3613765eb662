using System.Collections.Immutable;
using System.Data.Common;

namespace Dashboard.Changes;

/// <summary>
/// Notifies subscribers in this process that something in the console's store changed. Caches and pages subscribe and read again.
/// </summary>
/// <remarks>
/// It is only a hint. What another console changed in the store that both share arrives here only while the backplane works, so each
/// subscriber that must not miss a change also reads the store periodically (<see cref="PeriodicWorker"/>).
/// Delivery is asynchronous: raising adds to a bounded set of each subscription and returns, so a writer, which holds the store's lock,
/// never runs a subscriber's code. Each subscription is called by one pool thread at a time, and changes that arrive during a call are
/// merged into the next. So a slow subscriber delays only itself, and a burst costs it one read.
/// </remarks>
internal sealed partial class ChangeFeed(ILogger<ChangeFeed> log)
{
    private ImmutableList<ChangeSubscription> _subscriptions = [];

    /// <summary>The number of subscriptions.</summary>
    public int Count => Volatile.Read(ref _subscriptions).Count;

    /// <param name="subscriber">The name in the log.</param>
    /// <param name="hear">Receives what changed since the last call. An exception is logged once until a call succeeds.</param>
    /// <param name="kinds">The kinds to receive; <see cref="ChangeKind.Everything"/> is always received.</param>
    /// <returns>The subscription; dispose it to end it.</returns>
    public IDisposable Subscribe(string subscriber, Func<IReadOnlyCollection<Change>, Task> hear, params ChangeKind[] kinds) =>
        Subscribe(subscriber, hear, kinds, isForOwn: false);

    /// <summary>Subscribes to what this console changes itself, of every kind: not to what it hears of another one.</summary>
    /// <param name="subscriber">The name in the log.</param>
    /// <param name="hear">Receives what changed since the last call.</param>
    public IDisposable SubscribeToOwn(string subscriber, Func<IReadOnlyCollection<Change>, Task> hear) =>
        Subscribe(subscriber, hear, Enum.GetValues<ChangeKind>(), isForOwn: true);

    /// <summary>Raises a change; to be called after the commit. It never blocks and never throws.</summary>
    public void Raise(Change change) => Raise(change, isOwn: true);

    /// <summary>Raises a change that another console made in the store that both share.</summary>
    public void RaiseOfOther(Change change) => Raise(change, isOwn: false);

    /// <summary>Raises the changes noted in a transaction that is now committed.</summary>
    public void RaiseCommitted(DbTransaction transaction)
    {
        foreach (var change in NotedChanges.Of(transaction))
        {
            Raise(change);
        }
    }

    private ChangeSubscription Subscribe(
        string subscriber, Func<IReadOnlyCollection<Change>, Task> hear, ChangeKind[] kinds, bool isForOwn)
    {
        var subscription = new ChangeSubscription(
            kinds, hear, error => LogFailed(error, subscriber), () => LogBehind(subscriber, ChangeSubscription.MaxWaiting), End)
        {
            IsForOwn = isForOwn,
        };
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add(subscription));
        return subscription;
    }

    private void Raise(Change change, bool isOwn)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            if (isOwn || !subscription.IsForOwn)
            {
                subscription.Enqueue(change);
            }
        }
    }

    private void End(ChangeSubscription subscription) => ImmutableInterlocked.Update(ref _subscriptions, all => all.Remove(subscription));

    [LoggerMessage(
        301, LogLevel.Error,
        "{Subscriber} failed to handle a change; the other subscribers are notified. It is logged again only after a success")]
    private partial void LogFailed(Exception error, string subscriber);

    [LoggerMessage(
        302, LogLevel.Warning,
        "{Subscriber} is slow: more than {Most} changes wait for it. It will read everything again. This is logged once")]
    private partial void LogBehind(string subscriber, int most);
}
