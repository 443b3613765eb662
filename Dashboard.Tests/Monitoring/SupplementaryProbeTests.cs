using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Monitoring;

/// <summary>Supplementary facts are asked for at their own pace, and never so that they burden the server.</summary>
public class SupplementaryProbeTests
{
    private const string Processes = "PUBSUB NUMSUB _action_cable_internal";
    private const string Identities = "PUBSUB CHANNELS *action_cable/*";

    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly FakeServerWatcher _server = new FakeServerWatcher().Answer(Processes, 2).Answer(Identities, 3)
        .Answer("CONFIG GET save", "")
        .Answer("CONFIG GET appendfsync", "everysec");

    [Fact]
    public async Task Cable_IsAskedForProcessesEachFifthPoll_AndLessOftenForTheRest()
    {
        var known = await AfterAsync(Purpose.Cable, "valkey-8.0.1-cable", polls: 121);

        Assert.Equal(25, Asked(Processes));
        Assert.Equal(3, Asked(Identities));
        Assert.Equal((3, 3), (Asked("CONFIG GET save"), Asked("CONFIG GET appendfsync")));
        Assert.Equal(new SupplementaryFacts(2, 3, false, "", "everysec"), known);
    }

    [Theory]
    [InlineData("cache")]
    [InlineData("session")]
    public async Task OtherPurposes_AreAskedForTheirConfigurationOnly(Purpose purpose)
    {
        await AfterAsync(purpose, "valkey-8.0.1-session", polls: 61);

        Assert.Equal(["CONFIG GET save", "CONFIG GET appendfsync", "CONFIG GET save", "CONFIG GET appendfsync"], _server.Calls);
    }

    [Fact]
    public async Task PurposeOther_IsAskedNothing()
    {
        Assert.Equal(SupplementaryFacts.Unknown, await AfterAsync(Purpose.Other, "valkey-8.0.1-cable", polls: 61));
        Assert.Empty(_server.Calls);
    }

    [Theory]
    [InlineData("5000", 1, false, "as many as may be listed")]
    [InlineData("5001", 0, true, "too many to list")]
    [InlineData(null, 0, false, "number unknown: not asked, and not reported as too many")]
    public async Task Identities_AreCountedOnlyWhenFew(string? channels, int asked, bool skipped, string reason)
    {
        var probe = Reader(Purpose.Cable);
        var facts = Given.Snapshot("valkey-8.0.1-cable", ("pubsub_channels", channels));

        await probe.RefreshAsync(facts, TestContext.Current.CancellationToken);

        var known = probe.Of(facts.Server.RunId);
        Assert.True(Asked(Identities) == asked && known.IdentitiesSkipped == skipped, reason);
        Assert.Equal(asked == 1 ? 3 : null, known.IdentitiesOnline);
    }

    [Theory]
    [InlineData(FaultKind.NoPerm)]
    [InlineData(FaultKind.Other)]
    public async Task RefusedConfiguration_IsNotAskedForAgain(FaultKind kind)
    {
        var server = new FakeServerWatcher().Answer("CONFIG GET save", new Fault(kind));
        var known = await AfterAsync(Purpose.Session, "valkey-8.0.1-session", polls: 200, server);

        Assert.Equal(new SupplementaryFacts(ConfigRefused: true), known);
        Assert.Equal(["CONFIG GET save"], server.Calls);
    }

    [Theory]
    [InlineData(FaultKind.Busy)]
    [InlineData(FaultKind.Hung)]
    [InlineData(FaultKind.Closed)]
    public async Task TemporaryFailure_KeepsWhatWasRead_AndIsAskedAgain(FaultKind kind)
    {
        var server = new FakeServerWatcher().Answer("CONFIG GET save", "60 1", new Fault(kind), "")
            .Answer("CONFIG GET appendfsync", "everysec");
        var probe = Reader(Purpose.Session, server);

        var saves = new List<string?>();
        for (var minute = 0; minute < 3; minute++)
        {
            await PollsAsync(probe, "valkey-8.0.1-session", 60);
            saves.Add(probe.Of(Recorded.Snapshot("valkey-8.0.1-session").Server.RunId).Save);
        }

        Assert.Equal(["60 1", "60 1", ""], saves);
    }

    [Fact]
    public async Task NewProcess_IsAskedAgain_AndTheFactsOfTheOldOneAreForgotten()
    {
        var probe = Reader(Purpose.Cable);
        var (old, next) = (Recorded.Snapshot("valkey-8.0.1-cable"), Given.Snapshot("valkey-8.0.1-cable", ("run_id", new string('b', 40))));
        await probe.RefreshAsync(old, TestContext.Current.CancellationToken);

        Assert.Equal(SupplementaryFacts.Unknown, probe.Of(next.Server.RunId));
        await probe.RefreshAsync(next, TestContext.Current.CancellationToken);

        Assert.Equal(2, Asked(Processes));
        Assert.Equal(2, probe.Of(next.Server.RunId).AppProcesses);
        Assert.Equal(SupplementaryFacts.Unknown, probe.Of(old.Server.RunId));
    }

    [Fact]
    public async Task ProcessesNotReported_AreUnknown_NotTheLastNumber()
    {
        var server = new FakeServerWatcher().Answer(Processes, 2, new Fault(FaultKind.NoPerm));
        var probe = Reader(Purpose.Cable, server);
        await PollsAsync(probe, "valkey-8.0.1-cable", 6);

        Assert.Null(probe.Of(Recorded.Snapshot("valkey-8.0.1-cable").Server.RunId).AppProcesses);
    }

    [Theory]
    [InlineData(100, 121, 2, "a fifth more")]
    [InlineData(100, 79, 2, "a fifth fewer")]
    [InlineData(100, 120, 1, "hardly more")]
    [InlineData(2, 12, 1, "a few are not many")]
    [InlineData(0, 263, 2, "the first many channels after a start")]
    public async Task Identities_AreCountedSoonerWhenChannelsChanged(int before, int after, int asked, string reason)
    {
        var probe = Reader(Purpose.Cable);
        await PollsAsync(probe, Channels(before), 2);

        await PollsAsync(probe, Channels(after), 9);
        Assert.True(Asked(Identities) == asked, $"{reason}: within ten seconds once, {Asked(Identities)}");
        await PollsAsync(probe, Channels(after), 40);

        Assert.True(Asked(Identities) == asked, $"{reason}: and not again, {Asked(Identities)}");
    }

    private static Snapshot Channels(int count) => Given.Snapshot("valkey-8.0.1-cable", ("pubsub_channels", $"{count}"));

    private int Asked(string question) => _server.Calls.Count(call => call == question);

    private SupplementaryProbe Reader(Purpose purpose, FakeServerWatcher? server = null) =>
        new(purpose, server ?? _server, _time);

    /// <summary>Makes that many polls, a second apart, the first one now.</summary>
    private async Task<SupplementaryFacts> AfterAsync(Purpose purpose, string recording, int polls, FakeServerWatcher? server = null)
    {
        var probe = Reader(purpose, server);
        await PollsAsync(probe, recording, polls);
        return probe.Of(Recorded.Snapshot(recording).Server.RunId);
    }

    private Task PollsAsync(SupplementaryProbe probe, string recording, int polls) =>
        PollsAsync(probe, Recorded.Snapshot(recording), polls);

    private async Task PollsAsync(SupplementaryProbe probe, Snapshot facts, int polls)
    {
        for (var i = 0; i < polls; i++)
        {
            await probe.RefreshAsync(facts, TestContext.Current.CancellationToken);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
