using System.Threading.Channels;
using Dashboard.Configuration;
using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Monitoring;

/// <summary>One instance is polled repeatedly, on the clocks of the fake server and of the test.</summary>
public class PollerTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly FakeServerWatcher _server;
    private readonly LogLines<Poller> _log = new();
    private readonly MonitoringSettings _settings = Given.Settings(Purpose.Cache, Purpose.Cable);
    private readonly Fleet _fleet;
    private readonly PollRequest _asked;

    public PollerTests()
    {
        (_fleet, _asked) = (new(_settings, new LogLines<Fleet>()), new(_time));
        _server = Server().AnswerInfo(Given.Info("valkey-8.0.1-cache")).Answer("CONFIG GET save", "")
            .Answer("CONFIG GET appendfsync", "everysec");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private InstanceState State => _fleet.States[0];

    private int Infos => _server.Calls.Count(call => call == "INFO");

    [Fact]
    public async Task Poll_RecordsTheAnswer_WithItsTime()
    {
        await Poller().PollAsync(Cancel);

        Assert.Equal(Given.Start, State.Latest!.At);
        Assert.Equal("8.0.1", State.Facts!.Snapshot.Server.Version);
        Assert.Equal(TimeSpan.Zero, State.Facts.RoundTrip);
    }

    /// <summary>What this console's own steps looked up is not the application's.</summary>
    [Fact]
    public async Task LookupsOfThisConsole_AreNotCounted()
    {
        var made = new OwnLookups();
        var raw = Snapshot.Parse(Given.Info("valkey-8.0.1-cache"));
        made.Add(_settings.Instances[0].Id, raw.Server.RunId!, new(100, 7));

        await new Poller(_settings.Instances[0], _server, _fleet, _settings, _time, _log, made).PollAsync(Cancel);

        Assert.Equal(
            (raw.Stats.Hits - 100, raw.Stats.Misses - 7),
            (State.Facts!.Snapshot.Stats.Hits, State.Facts.Snapshot.Stats.Misses));
    }

    [Fact]
    public async Task SlowAnswer_HasItsRoundTrip()
    {
        _server.Hang();
        var poll = Poller().PollAsync(Cancel);

        _time.Advance(TimeSpan.FromMilliseconds(800));
        _server.Resume();
        await poll;

        Assert.Equal(TimeSpan.FromMilliseconds(800), State.Facts!.RoundTrip);
    }

    [Fact]
    public async Task Silence_IsHung_AfterTheTimeAllowed()
    {
        _server.Hang();
        var poll = Poller().PollAsync(Cancel);

        _time.Advance(_settings.PollTimeout + TimeSpan.FromMilliseconds(500));
        await poll;

        Assert.Equal(FaultKind.Hung, Assert.IsType<PollResult.Failed>(State.Latest).Fault.Kind);
        Assert.Equal(["INFO"], _server.Calls);
    }

    [Fact]
    public async Task Fault_IsRecorded_AndNothingElseIsAsked()
    {
        _server.Answer("INFO", new Fault(FaultKind.Busy));
        var poller = Poller();

        await poller.PollAsync(Cancel);
        await poller.PollAsync(Cancel);

        Assert.Equal(FaultKind.Busy, Assert.IsType<PollResult.Failed>(State.Latest).Fault.Kind);
        Assert.Equal(["INFO", "CONFIG GET save", "CONFIG GET appendfsync", "INFO"], _server.Calls);
    }

    [Fact]
    public async Task Transitions_AreLoggedOnce()
    {
        var info = Given.Info("valkey-8.0.1-cache");
        var server = Server().Answer(
            "INFO", info, new Fault(FaultKind.Refused), new Fault(FaultKind.Refused, "still"), new Fault(FaultKind.Loading), info, info);
        var poller = Poller(server: server);
        for (var i = 0; i < 6; i++)
        {
            await poller.PollAsync(Cancel);
        }

        Assert.Collection(
            _log.Lines,
            line => Assert.StartsWith("Warning: cache gives no facts: Refused", line, StringComparison.Ordinal),
            line => Assert.StartsWith("Warning: cache gives no facts: Loading", line, StringComparison.Ordinal),
            line => Assert.Equal("Information: cache answers again", line));
    }

    [Fact]
    public async Task Run_PollsAtOnce_ThenEachInterval_ThenEndsQuietly()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        var run = Poller().RunAsync(_asked, end.Token);

        await NextAsync(told);
        for (var second = 1; second <= 3; second++)
        {
            _time.Advance(_settings.PollInterval);
            Assert.Equal(Given.Start.AddSeconds(second), (await NextAsync(told)).Latest!.At);
        }

        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
        Assert.Equal(4, Infos);
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task Run_WithAHungServer_HasOneQuestionInFlight_AndRecovers()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        _server.Hang();
        var run = Poller().RunAsync(_asked, end.Token);

        for (var second = 0; second < 2; second++)
        {
            _time.Advance(_settings.PollInterval);
        }

        Assert.Equal(1, Infos);
        Assert.Null(State.Latest);

        _time.Advance(_settings.PollInterval);
        Assert.False((await NextAsync(told)).IsAnswering);

        _server.Resume();
        Assert.True((await NextAsync(told)).IsAnswering);
        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public async Task Run_Continues_WhenAPollFailsUnexpectedly()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        var server = Server().Answer("INFO", 42, Given.Info("valkey-8.0.1-cache"));
        var run = Poller(server: server).RunAsync(_asked, end.Token);

        _time.Advance(_settings.PollInterval);

        Assert.True((await NextAsync(told)).IsAnswering);
        Assert.Contains("Error: A poll of cache failed unexpectedly; polling continues", _log.Lines);
        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public async Task Request_PollsAtOnce_AndKeepsTheInterval()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        var run = Poller().RunAsync(_asked, end.Token);
        await NextAsync(told);

        _time.Advance(TimeSpan.FromMilliseconds(300));
        _asked.Ask();
        Assert.Equal(Given.Start.AddMilliseconds(300), (await NextAsync(told)).Latest!.At);
        Assert.False(_asked.IsAsked);

        _time.Advance(TimeSpan.FromMilliseconds(700));
        Assert.Equal(Given.Start.AddSeconds(1), (await NextAsync(told)).Latest!.At);
        _time.Advance(_settings.PollInterval);
        Assert.Equal(Given.Start.AddSeconds(2), (await NextAsync(told)).Latest!.At);
        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
        Assert.Equal(4, Infos);
    }

    [Fact]
    public async Task RequestDuringAPoll_MakesOneMoreRightAfterIt_NeverTwoAtOnce()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        _server.Hang();
        var run = Poller().RunAsync(_asked, end.Token);

        for (var many = 0; many < 3; many++)
        {
            _asked.Ask();
        }

        Assert.Equal(1, Infos);
        _server.Resume();
        Assert.Equal((await NextAsync(told)).Latest!.At, (await NextAsync(told)).Latest!.At);
        _time.Advance(_settings.PollInterval);
        Assert.Equal(Given.Start.AddSeconds(1), (await NextAsync(told)).Latest!.At);
        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
        Assert.Equal(3, Infos);
    }

    [Fact]
    public async Task RepeatedRequests_PollHalfASecondApart()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        var run =
            new Poller(
                _settings.Instances[0], _server, _fleet, _settings with { PollInterval = TimeSpan.FromMinutes(1) }, _time,
                _log).RunAsync(_asked, end.Token);
        await NextAsync(told);
        _asked.Ask();
        var first = (await NextAsync(told)).Latest!.At;

        var next = NextAsync(told);
        await Eventually.Async(
            () =>
            {
                _asked.Ask();
                _time.Advance(TimeSpan.FromMilliseconds(50));
                return Task.FromResult(next.IsCompleted);
            });

        Assert.InRange((await next).Latest!.At, first.AddMilliseconds(500), DateTimeOffset.MaxValue);
        await end.CancelAsync();
        await run.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public async Task OneHungInstance_DoesNotDelayAnother()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var told = Notifications();
        var hung = Server();
        hung.Hang();
        var runs = Task.WhenAll(Poller(hung).RunAsync(new PollRequest(_time), end.Token), Poller(_server, 1).RunAsync(_asked, end.Token));

        await NextAsync(told);
        for (var second = 1; second <= 2; second++)
        {
            _time.Advance(_settings.PollInterval);
            var state = await NextAsync(told);
            Assert.Equal(("cable", Given.Start.AddSeconds(second)), (state.Instance.Id.Value, state.Latest!.At));
        }

        await end.CancelAsync();
        await runs.WaitAsync(Eventually.Bound, Cancel);
    }

    [Fact]
    public async Task SupplementaryFactsOfAnotherProcess_AreNotShown()
    {
        var server = Server()
            .AnswerInfo(
                Given.Info("valkey-8.0.1-cache"), Given.Info("valkey-8.0.1-cache"),
                Given.Info("valkey-8.0.1-cache", ("run_id", new string('b', 40))))
            .Answer("CONFIG GET save", "60 1").Answer("CONFIG GET appendfsync", "always");
        var poller = Poller(server);
        var seen = new List<string?>();
        for (var i = 0; i < 4; i++)
        {
            await poller.PollAsync(Cancel);
            seen.Add(State.Facts!.Supplementary.Save);
        }

        Assert.Equal([null, "60 1", null, "60 1"], seen);
    }

    private FakeServerWatcher Server() => new(_time, _settings.PollTimeout);

    private Poller Poller(FakeServerWatcher? server = null, int instance = 0) =>
        new(_settings.Instances[instance], server ?? _server, _fleet, _settings, _time, _log);

    /// <summary>Returns every state that the fleet reports from now on.</summary>
    private ChannelReader<InstanceState> Notifications()
    {
        var told = Channel.CreateUnbounded<InstanceState>();
        _fleet.Watch(state => told.Writer.TryWrite(state));
        return told.Reader;
    }

    private static Task<InstanceState> NextAsync(ChannelReader<InstanceState> told) =>
        told.ReadAsync(Cancel).AsTask().WaitAsync(Eventually.Bound, Cancel);
}
