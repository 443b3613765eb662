using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Monitoring;

/// <summary>Any number of requests gives one poll, and polls are half a second apart.</summary>
public class PollRequestTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void AskedTwice_IsOnePoll()
    {
        var request = new PollRequest(_time);
        request.Ask();
        request.Ask();

        request.Take();

        Assert.False(request.IsAsked);
        Assert.False(request.AskedAsync(Cancel).IsCompleted);
    }

    [Fact]
    public void AskedAfterAPollBegan_IsAnother()
    {
        var request = new PollRequest(_time);
        request.Take();

        request.Ask();

        Assert.True(request.AskedAsync(Cancel).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AskedSoonAgain_WaitsUntilHalfASecondAfterTheLast()
    {
        var request = new PollRequest(_time);
        request.Ask();
        await request.AskedAsync(Cancel);
        request.Take();

        _time.Advance(TimeSpan.FromMilliseconds(200));
        request.Ask();
        var again = request.AskedAsync(Cancel);
        _time.Advance(TimeSpan.FromMilliseconds(299));
        Assert.False(again.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await again.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public void EachInstance_HasItsOwn_AndOthersHaveNone()
    {
        var requests = new PollRequests(Given.Settings(Purpose.Cache, Purpose.Cable), _time);

        requests.Of(InstanceId.Of("cache")).Ask();

        Assert.Equal((true, false), (requests.Of(InstanceId.Of("cache")).IsAsked, requests.Of(InstanceId.Of("cable")).IsAsked));
        Assert.Throws<ArgumentException>(() => requests.Of(InstanceId.Of("session")));
    }
}
