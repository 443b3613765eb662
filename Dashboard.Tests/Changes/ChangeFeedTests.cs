using System.Collections.Concurrent;
using Dashboard.Instances;
using Dashboard.Servers;

namespace Dashboard.Changes;

public sealed class ChangeFeedTests
{
    private static readonly Change Run = new(ChangeKind.Run, InstanceId.Of("cache"), "1");
    private static readonly Change Row = new(ChangeKind.AuditRow, Id: "7");

    private readonly LogLines<ChangeFeed> _log = new();
    private readonly ConcurrentQueue<Change> _received = new();
    private readonly ChangeFeed _feed;

    public ChangeFeedTests() => _feed = new(_log);

    [Fact]
    public async Task Subscriber_ReceivesItsKinds_AndEverything()
    {
        using var subscription = _feed.Subscribe("test", ReceiveAsync, ChangeKind.Run);

        _feed.Raise(Row);
        _feed.Raise(Run);
        _feed.Raise(new(ChangeKind.Everything));

        await ReceivedAsync(Run, new Change(ChangeKind.Everything));
    }

    [Fact]
    public async Task DisposedSubscriber_ReceivesNothingMore_AndIsForgotten()
    {
        var gone = _feed.Subscribe("gone", ReceiveAsync, ChangeKind.Run);
        gone.Dispose();
        gone.Dispose();
        Assert.Equal(0, _feed.Count);

        _feed.Raise(Run);
        using var subscription = _feed.Subscribe("test", ReceiveAsync, ChangeKind.AuditRow);
        _feed.Raise(Row);

        await ReceivedAsync(Row);
        Assert.Equal(1, _feed.Count);
    }

    [Fact]
    public async Task SubscriberThatThrows_AffectsNoOther_AndIsLoggedOnceUntilItWorks()
    {
        var (calls, works) = (0, false);
        using var bad = _feed.Subscribe(
            "Bad",
            _ =>
            {
                Interlocked.Increment(ref calls);
                return Volatile.Read(ref works) ? Task.CompletedTask : throw new InvalidOperationException("its own fault");
            },
            ChangeKind.Run);
        using var good = _feed.Subscribe("Good", ReceiveAsync, ChangeKind.Run);

        await RaisedAsync(1);
        await RaisedAsync(2);
        Volatile.Write(ref works, true);
        await RaisedAsync(3);
        Volatile.Write(ref works, false);
        await RaisedAsync(4);

        await ReceivedAsync(Run, Run, Run, Run);
        await Eventually.Async(() => Task.FromResult(_log.Lines.Count == 2));
        Assert.All(_log.Lines, line => Assert.Equal(
            "Error: Bad failed to handle a change; the other subscribers are notified. It is logged again only after a success", line));

        async Task RaisedAsync(int times)
        {
            _feed.Raise(Run);
            await Eventually.Async(() => Task.FromResult(Volatile.Read(ref calls) == times && _received.Count == times));
        }
    }

    /// <summary>
    /// The writer and the other subscribers continue, and nothing is lost: changes that arrive in between are delivered together.
    /// </summary>
    [Fact]
    public async Task SlowSubscriber_ReceivesLaterChangesTogether_AndDelaysNoOne()
    {
        var (calls, slow) = (new ConcurrentQueue<IReadOnlyCollection<Change>>(), new TaskCompletionSource());
        using var waiting = _feed.Subscribe(
            "Slow",
            changes =>
            {
                calls.Enqueue(changes);
                return slow.Task;
            },
            ChangeKind.Run, ChangeKind.AuditRow);
        using var other = _feed.Subscribe("Other", ReceiveAsync, ChangeKind.AuditRow);
        _feed.Raise(Run);
        await Eventually.Async(() => Task.FromResult(calls.Count == 1));

        for (var each = 0; each < 100; each++)
        {
            _feed.Raise(Run);
        }

        _feed.Raise(Row);
        await ReceivedAsync(Row);
        Assert.Single(calls);
        slow.SetResult();

        await Eventually.Async(() => Task.FromResult(calls.Count == 2));
        Assert.Equal([Run], calls.First());
        Assert.Equal([Run, Row], calls.Last().OrderBy(change => change.Kind));
    }

    [Fact]
    public async Task SlowSubscriber_WithTooManyChanges_ReadsEverythingAgain_AndIsLoggedOnce()
    {
        var (calls, slow) = (new ConcurrentQueue<IReadOnlyCollection<Change>>(), new SemaphoreSlim(0));
        using var waiting = _feed.Subscribe(
            "Slow",
            changes =>
            {
                calls.Enqueue(changes);
                return slow.WaitAsync(Eventually.Cancel);
            },
            ChangeKind.AuditRow);
        for (var round = 1; round <= 2; round++)
        {
            _feed.Raise(Row);
            await Eventually.Async(() => Task.FromResult(calls.Count == (2 * round) - 1));

            for (var each = 0; each < 3 * ChangeSubscription.MaxWaiting; each++)
            {
                _feed.Raise(new(ChangeKind.AuditRow, Id: $"{each}"));
            }

            slow.Release();
            await Eventually.Async(() => Task.FromResult(calls.Count == 2 * round));
            Assert.Equal([new(ChangeKind.Everything)], calls.Last());
            slow.Release();
        }

        var line = Assert.Single(_log.Lines);
        Assert.Equal("Warning: Slow is slow: more than 1000 changes wait for it. It will read everything again. This is logged once", line);
    }

    private Task ReceiveAsync(IReadOnlyCollection<Change> changes)
    {
        foreach (var change in changes)
        {
            _received.Enqueue(change);
        }

        return Task.CompletedTask;
    }

    private async Task ReceivedAsync(params Change[] changes)
    {
        await Eventually.Async(() => Task.FromResult(_received.Count >= changes.Length));
        Assert.Equal(changes.OrderBy(change => change.Kind), _received.OrderBy(change => change.Kind));
    }
}
