using System.Collections.Immutable;
using System.Data.Common;

namespace Dashboard.Changes;

/// <summary>The one event of this process: something in the console's store changed. Caches and pages subscribe and read again.</summary>
/// <remarks>
/// It is a hint and no more. A console that shares the store raises nothing here, so each subscriber that must not miss a change also reads
/// the store periodically (<see cref="PeriodicWorker"/>).
/// Delivery is asynchronous: raising adds to a bounded set of each subscription and returns, so a writer, which holds the store's lock,
/// never runs a subscriber's code. Each subscription is called by one pool thread at a time, and changes that come meanwhile are merged
/// into one call. So a slow subscriber delays itself only, and a burst costs it one read.
/// </remarks>
internal sealed partial class ChangeFeed(ILogger<ChangeFeed> log)
{
    private ImmutableList<ChangeSubscription> _subscriptions = [];

    /// <summary>How many subscribe now.</summary>
    public int Count => Volatile.Read(ref _subscriptions).Count;

    /// <param name="subscriber">For the log.</param>
    /// <param name="hear">Is given what changed since it was called last. An exception is logged once until a call succeeds.</param>
    /// <param name="kinds">What to be told of; <see cref="ChangeKind.Everything"/> always is.</param>
    /// <returns>Dispose to end the subscription.</returns>
    public IDisposable Subscribe(string subscriber, Func<IReadOnlyCollection<Change>, Task> hear, params ChangeKind[] kinds)
    {
        var subscription = new ChangeSubscription(
            kinds, hear, error => LogFailed(error, subscriber), () => LogBehind(subscriber, ChangeSubscription.Most), End);
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add(subscription));
        return subscription;
    }

    /// <summary>To be called after the commit. Never blocks and never throws.</summary>
    public void Raise(Change change)
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
        {
            subscription.Tell(change);
        }
    }

    /// <summary>Raises what was noted in a transaction, now that it is committed.</summary>
    public void RaiseCommitted(DbTransaction transaction)
    {
        foreach (var change in NotedChanges.Of(transaction))
        {
            Raise(change);
        }
    }

    private void End(ChangeSubscription subscription) => ImmutableInterlocked.Update(ref _subscriptions, all => all.Remove(subscription));

    [LoggerMessage(
        301, LogLevel.Error,
        "{Subscriber} failed when it was told of a change; the others are told. It is logged again once it has worked")]
    private partial void LogFailed(Exception error, string subscriber);

    [LoggerMessage(
        302, LogLevel.Warning,
        "{Subscriber} is slow: more than {Most} changes wait for it. It will read everything again. This is logged once")]
    private partial void LogBehind(string subscriber, int most);
}
