using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Components.Circuits;

public sealed class FleetTickerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly Fleet _fleet;
    private readonly FleetTicker _ticker;
    private readonly List<double> _beats = [];

    public FleetTickerTests()
    {
        Instance[] instances = [Given.Instance(Purpose.Cache), Given.Instance(Purpose.Cable), Given.Instance(Purpose.Session)];
        var settings = new MonitoringSettings(instances, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), "test");
        _fleet = new(settings, NullLogger<Fleet>.Instance);
        _ticker = new(_fleet, new CircuitPresence(), settings, _time);
        _ticker.Beat += () => _beats.Add((_time.GetUtcNow() - Given.Start).TotalSeconds);
    }

    public void Dispose() => _ticker.Dispose();

    /// <summary>However the polls of three servers lie within the second, a page is drawn about once in it.</summary>
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 100, 200)]
    [InlineData(0, 333, 667)]
    [InlineData(0, 450, 900)]
    public void PollsAtAnyTimes_AreAboutOneBeatASecond(int cache, int cable, int session)
    {
        for (var at = 0; at < 20_000; at += 10)
        {
            foreach (var (id, offset) in (ReadOnlySpan<(string, int)>)[("cache", cache), ("cable", cable), ("session", session)])
            {
                if (at % 1000 == offset)
                {
                    _fleet.Record(InstanceId.Of(id), Given.Answered("valkey-8.0.1-cache", at / 1000));
                }
            }

            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_beats.Count, 19, 23);
        Assert.All(_beats.Zip(_beats.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0.88, 1.13));
    }

    /// <summary>A change of another console is drawn at once, whenever the last poll was; the progress of a run twice a second.</summary>
    [Fact]
    public void WhatAPageAsksFor_IsDrawnAtOnce_AndAgainAfterHalfASecond()
    {
        _fleet.Record(InstanceId.Of("cache"), Given.Answered("valkey-8.0.1-cache"));
        _time.Advance(TimeSpan.FromMilliseconds(130));
        _beats.Clear();

        for (var at = 0; at < 2_000; at += 10)
        {
            _ticker.Ask();
            _time.Advance(TimeSpan.FromMilliseconds(10));
        }

        Assert.InRange(_beats[0], 0.14, 0.17);
        Assert.InRange(_beats.Count, 4, 5);
        Assert.All(_beats.Zip(_beats.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 0.44, 0.48));
    }

    [Fact]
    public void WhatAPageAsksFor_ComesSooner_AndBringsTheNextBeatForward()
    {
        _fleet.Record(InstanceId.Of("cache"), Given.Answered("valkey-8.0.1-cache"));
        _time.Advance(TimeSpan.FromMilliseconds(130));
        Assert.Single(_beats);
        _fleet.Record(InstanceId.Of("cache"), Given.Answered("valkey-8.0.1-cache", 1));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        _ticker.Ask();
        _time.Advance(TimeSpan.FromMilliseconds(440));
        Assert.Equal(2, _beats.Count);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(2, _beats.Count);
    }
}
