using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>The fleet holds all states: it notifies every watcher and loses nothing, and no watcher can disturb it.</summary>
public class FleetTests
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");
    private readonly LogLines<Fleet> _log = new();

    [Fact]
    public void States_BeforeAnyPoll_AreInOrder()
    {
        var fleet = Fleet(Purpose.Cache, Purpose.Cable, Purpose.Session);

        Assert.Equal(["cache", "cable", "session"], fleet.States.Select(state => state.Instance.Id.Value));
        Assert.All(fleet.States, state => Assert.Null(state.Latest));
        Assert.Null(fleet.Find(InstanceId.Of("nobody")));
    }

    [Fact]
    public void Record_ChangesItsInstanceOnly_ThenNotifies()
    {
        var fleet = Fleet(Purpose.Cache, Purpose.Cable);
        var told = new List<InstanceState>();
        using var watch = fleet.Watch(state =>
        {
            Assert.Same(state, fleet.Find(Cache));
            told.Add(state);
        });

        fleet.Record(Cache, Given.Answered("valkey-8.0.1-cache"));

        Assert.True(Assert.Single(told).IsAnswering);
        Assert.Null(fleet.States[1].Latest);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void WatcherThatThrows_AffectsNoOther_AndIsNotifiedAgain()
    {
        var fleet = Fleet(Purpose.Cache);
        var (before, bad, after) = (0, 0, 0);
        using var one = fleet.Watch(_ => before++);
        using var two = fleet.Watch(_ =>
        {
            bad++;
            throw new InvalidOperationException("broken");
        });
        using var three = fleet.Watch(_ => after++);

        fleet.Record(Cache, Given.Failed(FaultKind.Hung));
        fleet.Record(Cache, Given.Failed(FaultKind.Hung, 1));

        Assert.Equal((2, 2, 2), (before, bad, after));
        Assert.Equal(
            2, _log.Lines.Count(line => line.StartsWith("Error: A watcher of the fleet failed on cache", StringComparison.Ordinal)));
    }

    [Fact]
    public void Disposing_StopsTheNotifications_OfThatWatcherOnly()
    {
        var fleet = Fleet(Purpose.Cache);
        var told = new List<string>();
        var one = fleet.Watch(_ => told.Add("one"));
        using var two = fleet.Watch(_ => told.Add("two"));

        one.Dispose();
        one.Dispose();
        fleet.Record(Cache, Given.Failed(FaultKind.Hung));

        Assert.Equal(["two"], told);
    }

    [Fact]
    public void OneWatcherTwice_IsNotifiedTwice_AndEachEndsSeparately()
    {
        var fleet = Fleet(Purpose.Cache);
        var told = 0;
        Action<InstanceState> watcher = _ => told++;
        var one = fleet.Watch(watcher);
        using var two = fleet.Watch(watcher);

        fleet.Record(Cache, Given.Failed(FaultKind.Hung));
        one.Dispose();
        fleet.Record(Cache, Given.Failed(FaultKind.Hung, 1));

        Assert.Equal(3, told);
    }

    [Fact]
    public void WatcherThatStopsDuringANotification_IsAllowed()
    {
        var fleet = Fleet(Purpose.Cache);
        IDisposable? watch = null;
        var told = 0;
        watch = fleet.Watch(_ =>
        {
            told++;
            watch!.Dispose();
        });

        fleet.Record(Cache, Given.Failed(FaultKind.Hung));
        fleet.Record(Cache, Given.Failed(FaultKind.Hung, 1));

        Assert.Equal(1, told);
    }

    [Fact]
    public void UnknownInstance_IsABug()
    {
        Assert.Throws<ArgumentException>(() => Fleet(Purpose.Cache).Record(InstanceId.Of("nobody"), Given.Failed(FaultKind.Hung)));
    }

    [Fact]
    public async Task ManyPollersAtOnce_LoseNothing()
    {
        Purpose[] purposes = [Purpose.Cache, Purpose.Cable, Purpose.Session, Purpose.Other];
        var fleet = Fleet(purposes);
        var told = 0;
        using var watch = fleet.Watch(_ => Interlocked.Increment(ref told));

        await Task.WhenAll(purposes.Select(purpose => Task.Run(() =>
        {
            var id = Given.Instance(purpose).Id;
            for (var i = 0; i < 300; i++)
            {
                fleet.Record(id, Given.Failed(FaultKind.Hung, i));
            }
        }, TestContext.Current.CancellationToken)));

        Assert.All(fleet.States, state => Assert.Equal(300, state.Failures));
        Assert.Equal(1200, told);
    }

    private Fleet Fleet(params Purpose[] purposes) => new(Given.Settings(purposes), _log);
}
