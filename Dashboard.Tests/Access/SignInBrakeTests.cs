using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Access;

public sealed class SignInBrakeTests
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.9");
    private readonly FakeTimeProvider _time = new();
    private readonly SignInBrake _brake;

    public SignInBrakeTests() => _brake = new(_time);

    [Fact]
    public void Failures_DoubleTheWait_UpToAQuarterOfAnHour()
    {
        var waits = new List<double>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var wait = _brake.TryBegin("guest", Here, known: false) ?? TimeSpan.Zero;
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            if (wait > TimeSpan.Zero)
            {
                Assert.Null(_brake.TryBegin("guest", Here, known: false));
            }
        }

        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900], waits.Take(16));
        Assert.All(waits, wait => Assert.InRange(wait, 0, 900));
    }

    [Fact]
    public void TriesDuringAWait_DoNotLengthenIt()
    {
        Fail("guest", Here, 6);
        var wait = _brake.TryBegin("guest", Here, known: false);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(wait - TimeSpan.FromMilliseconds(500), _brake.TryBegin("guest", Here, known: false));
    }

    [Fact]
    public void AHundredAtOnce_AreAHundredFailures()
    {
        var admitted = 0;
        Parallel.For(0, 100, _ =>
        {
            if (_brake.TryBegin("guest", Here, known: false) is null)
            {
                Interlocked.Increment(ref admitted);
            }
        });

        Assert.Equal(SignInBrake.FreeOfPair, admitted);
    }

    [Fact]
    public void AttackFromElsewhere_SlowsTheOwnerOfAKnownAddressDownByNothing()
    {
        Attack("guest", addresses: 200);

        Assert.Null(_brake.TryBegin("guest", Here, known: true));
    }

    [Fact]
    public void AttackFromElsewhere_LetsAStrangeAddressInAfterAMinute_HoweverLongItGoesOn()
    {
        Attack("guest", addresses: 200);
        Assert.Equal(SignInBrake.Stranger, _brake.TryBegin("guest", Here, known: false));

        for (var second = 0; second < 60; second++)
        {
            Attack("guest", addresses: 5, from: second * 5);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(_brake.TryBegin("guest", Here, known: false));
    }

    [Fact]
    public void OneAddressTryingManyNames_IsSlowedDownAsWell()
    {
        for (var name = 0; name < SignInBrake.FreeOfOne; name++)
        {
            Assert.Null(_brake.TryBegin($"name{name}", Here, known: false));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), _brake.TryBegin("another", Here, known: false));
        Assert.Null(_brake.TryBegin("another", IPAddress.Parse("10.0.0.10"), known: false));
    }

    [Fact]
    public void RightPassword_IsForgiven()
    {
        Fail("guest", Here, 4);
        Assert.Null(_brake.TryBegin("GUEST", Here, known: false));
        _brake.Forgive("guest", Here);

        Fail("guest", Here, 5);
        Assert.NotNull(_brake.TryBegin("guest", Here, known: false));
    }

    [Fact]
    public void OneNetworkOfIPv6_IsOneAddress()
    {
        for (var host = 1; host <= 5; host++)
        {
            Assert.Null(_brake.TryBegin("guest", IPAddress.Parse($"2001:db8::{host}"), known: false));
        }

        Assert.NotNull(_brake.TryBegin("guest", IPAddress.Parse("2001:db8::99"), known: false));
        Assert.Null(_brake.TryBegin("guest", IPAddress.Parse("2001:db8:0:1::99"), known: false));
    }

    private void Fail(string name, IPAddress address, int times)
    {
        for (var time = 0; time < times; time++)
        {
            if (_brake.TryBegin(name, address, known: false) is { } wait)
            {
                _time.Advance(wait);
                _brake.TryBegin(name, address, known: false);
            }
        }
    }

    private void Attack(string name, int addresses, int from = 0)
    {
        for (var address = 0; address < addresses; address++)
        {
            _brake.TryBegin(name, new IPAddress([192, 168, (byte)((from + address) / 250), (byte)((from + address) % 250)]), known: false);
        }
    }
}
