using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Access.SignIn.Throttling;

public sealed class SignInThrottleTests
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.9");
    private readonly FakeTimeProvider _time = new();
    private readonly ThrottleTable _table;
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests()
    {
        _table = new(_time);
        _throttle = new(_time, _table);
    }

    [Fact]
    public void Failures_DoubleTheWait_UpToAQuarterOfAnHour()
    {
        var waits = new List<double>();
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var wait = Begin("guest", Here, known: false) ?? TimeSpan.Zero;
            waits.Add(wait.TotalSeconds);
            _time.Advance(wait);
            if (wait > TimeSpan.Zero)
            {
                Assert.Null(Begin("guest", Here, known: false));
            }
        }

        Assert.Equal([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900], waits.Take(16));
        Assert.All(waits, wait => Assert.InRange(wait, 0, 900));
    }

    [Fact]
    public void AttemptsDuringAWait_DoNotLengthenIt()
    {
        Fail("guest", Here, 6);
        var wait = Begin("guest", Here, known: false);
        _time.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal(wait - TimeSpan.FromMilliseconds(500), Begin("guest", Here, known: false));
    }

    [Fact]
    public void AHundredAttemptsAtOnce_AreAHundredFailures()
    {
        var admitted = 0;
        Parallel.For(0, 100, _ =>
        {
            if (Begin("guest", Here, known: false) is null)
            {
                Interlocked.Increment(ref admitted);
            }
        });

        Assert.Equal(SignInThrottle.FreeOfPair, admitted);
    }

    [Fact]
    public void AttackFromElsewhere_DoesNotSlowDownAKnownAddress()
    {
        Attack("guest", addresses: 200);

        Assert.Null(Begin("guest", Here, known: true));
    }

    [Fact]
    public void AttackFromElsewhere_LetsAnUnknownAddressTryOnceAMinute_HoweverLongItLasts()
    {
        Attack("guest", addresses: 200);
        Assert.Null(Begin("guest", Here, known: false));
        Assert.Equal(SignInThrottle.Shared, Begin("guest", Here, known: false));

        for (var second = 0; second < 60; second++)
        {
            Attack("guest", addresses: 5, from: second * 5);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Null(Begin("guest", Here, known: false));
    }

    [Fact]
    public void OneAddressTryingManyNames_IsSlowedDownAsWell()
    {
        for (var name = 0; name < SignInThrottle.FreeOfOne; name++)
        {
            Assert.Null(Begin($"name{name}", Here, known: false));
        }

        Assert.Equal(TimeSpan.FromSeconds(1), Begin("another", Here, known: false));
        Assert.Null(Begin("another", IPAddress.Parse("10.0.0.10"), known: false));
    }

    [Fact]
    public void RightPassword_ResetsTheFailures()
    {
        Fail("guest", Here, 4);
        Assert.Null(Begin("GUEST", Here, known: false));
        _throttle.Forgive(new(ThrottleKind.Password, "guest", Here));

        Fail("guest", Here, 5);
        Assert.NotNull(Begin("guest", Here, known: false));
    }

    [Fact]
    public void OneNetworkOfIPv6_IsOneAddress()
    {
        for (var host = 1; host <= 5; host++)
        {
            Assert.Null(Begin("guest", IPAddress.Parse($"2001:db8::{host}"), known: false));
        }

        Assert.NotNull(Begin("guest", IPAddress.Parse("2001:db8::99"), known: false));
        Assert.Null(Begin("guest", IPAddress.Parse("2001:db8:0:1::99"), known: false));
    }

    /// <summary>
    /// Behind one NAT, in one /64 or behind an unknown proxy, another client at the address keeps it at its longest wait.
    /// </summary>
    [Fact]
    public void AttackFromTheSameAddress_MakesAKnownPersonWaitAMinuteAtMost()
    {
        for (var failure = 0; failure < 30; failure++)
        {
            _time.Advance(Begin($"name{failure}", Here, known: false) ?? TimeSpan.Zero);
            _time.Advance(Begin("guest", Here, known: true) ?? TimeSpan.Zero);
            Begin("guest", Here, known: true);
        }

        Assert.InRange(Begin("guest", Here, known: true)!.Value, TimeSpan.FromSeconds(1), SignInThrottle.Shared);
        Assert.Null(Begin("keeper", Here, known: true));
    }

    /// <summary>
    /// The quickest client gets the one attempt at the end of each wait, but a browser that signed in before has its own.
    /// </summary>
    [Fact]
    public void AttackFromTheSameAddress_TakesNoAttemptFromABrowserThatSignedInBefore()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            for (var attempt = 0; attempt < 100; attempt++)
            {
                Begin("guest", Here, known: true);
            }

            var own = new ThrottleAttempt(ThrottleKind.Password, "guest", Here, Known: true, Browser: "own");
            Assert.Null(_throttle.TryBegin(own));
            _throttle.Forgive(own);
            _time.Advance(SignInThrottle.Shared);
        }

        Assert.Equal(
            5,
            Enumerable.Range(0, 100)
                .Count(_ => _throttle.TryBegin(new(ThrottleKind.Password, "guest", Here, Known: true, Browser: "own")) is null));
    }

    [Theory]
    [InlineData("guest code", nameof(ThrottleKind.Code))]
    [InlineData("guest confirm", nameof(ThrottleKind.Confirm))]
    [InlineData("guest|*", nameof(ThrottleKind.Password))]
    [InlineData("guest", nameof(ThrottleKind.Code))]
    [InlineData("guest", nameof(ThrottleKind.Confirm))]
    public void NameTypedAtSignIn_FillsNoOtherCounter(string typed, string kind)
    {
        for (var attempt = 0; attempt < 19; attempt++)
        {
            _time.Advance(Begin(typed, Here, known: false) ?? TimeSpan.Zero);
            Begin(typed, Here, known: false);
        }

        Assert.Null(_throttle.TryBegin(new(Enum.Parse<ThrottleKind>(kind), "guest", Here, Known: true)));
    }

    [Fact]
    public void WithdrawnAttempt_CountsNowhere()
    {
        var attempt = new ThrottleAttempt(ThrottleKind.Password, "guest", Here);
        for (var busy = 0; busy < 100; busy++)
        {
            Assert.Null(_throttle.TryBegin(attempt));
            _throttle.Withdraw(attempt);
        }

        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void ClockThatIsSet_ChangesNoWait()
    {
        var time = new SettableClock();
        var throttle = new SignInThrottle(time, new ThrottleTable(time));
        TimeSpan? Begin() => throttle.TryBegin(new(ThrottleKind.Password, "guest", Here));
        while (Begin() is null)
        {
        }

        time.Now -= TimeSpan.FromDays(1);
        Assert.Equal(TimeSpan.FromSeconds(1), Begin());
        time.Now += TimeSpan.FromDays(2);
        Assert.Equal(TimeSpan.FromSeconds(1), Begin());
    }

    [Fact]
    public void RefusedAttempts_AddNoEntries()
    {
        TryNames(SignInThrottle.FreeOfOne, Here);
        var kept = _table.Count;

        TryNames(11_000, Here);

        Assert.Equal(kept, _table.Count);
    }

    [Fact]
    public void InventedNames_EvictNoFailures()
    {
        Fail("guest", Here, 12);
        var wait = Begin("guest", Here, known: false);
        TryNames(11_000, Here);
        for (var place = 0; place < 30_000; place++)
        {
            Begin($"name{place}", IPAddress.Parse($"2001:db8:{place:x}::1"), known: false);
        }

        Assert.Equal(wait, Begin("guest", Here, known: false));
        Assert.InRange(_table.Count, 1, ThrottleTable.MaxEntries);
    }

    [Fact]
    public void TableFullOfWaits_AdmitsNoUnknownAddress_ButAdmitsKnownOnes()
    {
        for (var pair = 0; pair < ThrottleTable.MaxEntries - ThrottleTable.Reserved; pair++)
        {
            for (var failure = 0; failure < SignInThrottle.FreeOfPair; failure++)
            {
                _table.Fail(new(ThrottleScope.Pair, ThrottleKind.Password, (UInt128)pair, 1), _time.GetTimestamp());
            }
        }

        Assert.Equal(SignInThrottle.Shared, Begin("stranger", Here, known: false));
        Assert.Null(Begin("guest", Here, known: true));
        _time.Advance(ThrottleTable.Remembered + TimeSpan.FromSeconds(1));
        Assert.Null(Begin("stranger", Here, known: false));
    }

    /// <summary>Keys and counters hold no text; the table has its size from the start.</summary>
    [Fact]
    public void Memory_IsAllocatedOnce_WhateverIsTyped()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = new ThrottleTable(_time);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        var throttle = new SignInThrottle(_time, table);
        for (var place = 0; place < 12_000; place++)
        {
            throttle.TryBegin(new(ThrottleKind.Password, $"name{place}", IPAddress.Parse($"2001:db8:{place:x}::1")));
        }

        Assert.InRange(taken, 1, ThrottleTable.MaxBytes);
        Assert.InRange(table.Count, 1, ThrottleTable.MaxEntries);
        Assert.False(RuntimeHelpers.IsReferenceOrContainsReferences<KeyValuePair<ThrottleKey, ThrottleEntry>>());
    }

    [Fact]
    public void NamesBeyondTheMaximumLength_CountAsOne()
    {
        for (var length = 0; length < SignInThrottle.FreeOfPair; length++)
        {
            Assert.Null(Begin(new string('x', 65 + (length * 50_000)), Here, known: false));
        }

        Assert.NotNull(Begin(new string('y', 240_000), Here, known: false));
        Assert.Equal(3, _table.Count);
    }

    private TimeSpan? Begin(string name, IPAddress? address, bool known) =>
        _throttle.TryBegin(new(ThrottleKind.Password, name, address, known));

    private void TryNames(int count, IPAddress address)
    {
        for (var name = 0; name < count; name++)
        {
            Begin($"name{name}", address, known: false);
        }
    }

    private void Fail(string name, IPAddress address, int times)
    {
        for (var time = 0; time < times; time++)
        {
            if (Begin(name, address, known: false) is { } wait)
            {
                _time.Advance(wait);
                Begin(name, address, known: false);
            }
        }
    }

    private void Attack(string name, int addresses, int from = 0)
    {
        for (var address = 0; address < addresses; address++)
        {
            Begin(name, new IPAddress([192, 168, (byte)((from + address) / 250), (byte)((from + address) % 250)]), known: false);
        }
    }

    /// <summary>A wall clock that can be set while the monotonic clock stands still.</summary>
    private sealed class SettableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Given.Start;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 1;
    }
}
