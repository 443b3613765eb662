using Dashboard.Instances;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Monitoring;

/// <summary>Asking for a poll: any number of times, for one poll, half a second apart.</summary>
public class PollSignalTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void AskedTwice_IsOnePoll()
    {
        var signal = new PollSignal(_time);
        signal.Ask();
        signal.Ask();

        signal.Take();

        Assert.False(signal.IsAsked);
        Assert.False(signal.AskedAsync(Cancel).IsCompleted);
    }

    [Fact]
    public void AskedAfterAPollBegan_IsAnother()
    {
        var signal = new PollSignal(_time);
        signal.Take();

        signal.Ask();

        Assert.True(signal.AskedAsync(Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AskedSoonAgain_WaitsUntilHalfASecondAfterTheLast()
    {
        var signal = new PollSignal(_time);
        signal.Ask();
        await signal.AskedAsync(Cancel);
        signal.Take();

        _time.Advance(TimeSpan.FromMilliseconds(200));
        signal.Ask();
        var again = signal.AskedAsync(Cancel);
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(again.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await again.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public void EachInstance_HasItsOwn_AndOthersHaveNone()
    {
        var now = new PollNow(Given.Settings(Purpose.Cache, Purpose.Cable), _time);

        now.Of(InstanceId.Of("cache")).Ask();

        Assert.Equal((true, false), (now.Of(InstanceId.Of("cache")).IsAsked, now.Of(InstanceId.Of("cable")).IsAsked));
        Assert.Throws<ArgumentException>(() => now.Of(InstanceId.Of("session")));
    }
}
