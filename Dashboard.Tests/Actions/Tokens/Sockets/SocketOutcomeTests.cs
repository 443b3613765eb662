using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>What the attempts so far, and what the monitoring saw before, say of a user's sockets.</summary>
public sealed class SocketOutcomeTests
{
    private const string Jwt = "A socket can come back while its JWT is valid: the application checks the JWT when a socket opens.";
    private const string Ignored = "Clients were told not to connect again. Rails up to 7.0 ignores that.";

    private const string CutSentence = "3 processes held sockets of user 42, 3 were told, 0 remain.";

    private static readonly ListenerHistory Usual = new(Seen: true, Most: 3);
    private static readonly ListenerHistory Nothing = new(Seen: false, Most: null);

    /// <summary>Three processes listen, and no socket of the user is open.</summary>
    private static readonly SocketAttempt Empty = new(Given.Start)
    {
        RunId = "r",
        Step = SocketStep.Done,
        AllChannels = 40,
        Listeners = 3,
        AnyCable = 0,
        Held = 0,
        Told = 0,
        Remain = 0,
        UnlikeSettings = 0,
    };

    private static readonly SocketAttempt Cut =
        Empty with { Channels = 1, Held = 3, Told = 3, UnlikeSettings = null };

    [Fact]
    public void AllWereTold_AndNoneRemains_IsClosed()
    {
        var outcome = Of(Usual, Cut, Empty, Empty);

        Assert.Equal(SocketState.Closed, outcome.State);
        Assert.Equal(CutSentence, outcome.Sentence);
        Assert.Equal([Ignored, Jwt], outcome.Notes);
    }

    [Fact]
    public void OneProcess_IsSaidInTheSingular() => Assert.Equal(
        "1 process held sockets of user 42, 1 was told, 0 remain.", Of(Usual, Cut with { Held = 1, Told = 1 }).Sentence);

    /// <summary>A process has one subscription for each of its channels, so several channels do not count processes.</summary>
    [Fact]
    public void SeveralChannels_CountSubscriptions() => Assert.Equal(
        "3 subscriptions on 2 channels held sockets of user 42, 3 were told, 0 remain.", Of(Usual, Cut with { Channels = 2 }).Sentence);

    [Fact]
    public void ClientsThatMayConnectAgain_AreNotSaidToIgnoreIt() => Assert.Equal(
        [Jwt], SocketOutcome.Of(Given.Instance(Purpose.Cable), "42", reconnect: true, [Cut], Usual).Notes);

    [Fact]
    public void NoSocket_IsNoneOpen()
    {
        var outcome = Of(Usual, Empty);

        Assert.Equal(SocketState.NoneOpen, outcome.State);
        Assert.Equal(
            "No socket of user 42 is open: 3 processes of the application listen on cable, and none holds one.", outcome.Sentence);
        Assert.Empty(outcome.Notes);
    }

    /// <summary>A socket that opened during the first attempt subscribes after it; the repeat finds it.</summary>
    [Fact]
    public void SocketThatTheRepeatFindsFirst_IsClosed() =>
        Assert.Equal(SocketState.Closed, Of(Usual, Empty, Cut with { Held = 1, Told = 1 }, Empty).State);

    [Fact]
    public void SlowClient_IsClosedOnceARepeatFindsNothing()
    {
        var slow = Cut with { Remain = 1 };

        var (once, gone, again) = (
            Of(Usual, slow), Of(Usual, slow, Empty), Of(Usual, slow, Cut with { Held = 1, Told = 1 }));

        Assert.Equal(SocketState.CannotProveClosed, once.State);
        Assert.Equal((SocketState.Closed, CutSentence), (gone.State, gone.Sentence));
        Assert.Equal((SocketState.Closed, CutSentence), (again.State, again.Sentence));
        Assert.Equal([Ignored, Jwt], again.Notes);
    }

    [Fact]
    public void SocketThatIsOpenAgain_Returned()
    {
        var outcome = Of(Usual, Cut, Empty, Cut with { Held = 1, Told = 1 });

        Assert.Equal(SocketState.Returned, outcome.State);
        Assert.Contains("1 process held one again at the last look, which was cut as well.", outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal([Ignored, Jwt], outcome.Notes);
    }

    [Fact]
    public void SocketThatWasOpenAgainInBetween_IsClosed_AndThatIsSaid()
    {
        var outcome = Of(Usual, Cut, Cut with { Held = 1, Told = 1 }, Empty);

        Assert.Equal((SocketState.Closed, CutSentence), (outcome.State, outcome.Sentence));
        Assert.Equal(["A socket was open again at a repeat, and was cut again.", Ignored, Jwt], outcome.Notes);
    }

    [Fact]
    public void NoneListensAnyMore_SentinelsAreMissing()
    {
        var silent = Empty with
        {
            Listeners = 0,
            Silent = [new("10.0.0.7", 4711, false), .. Enumerable.Range(1, 6).Select(pid => new CableProcess("10.0.0.8", pid, false))],
        };

        var outcome = Of(Usual, silent);

        Assert.Equal(SocketState.SentinelsMissing, outcome.State);
        Assert.EndsWith(
            "Restart the application’s processes; connected without listening: process 4711 on 10.0.0.7, process 1 on 10.0.0.8, process 2 "
                + "on 10.0.0.8, process 3 on 10.0.0.8, process 4 on 10.0.0.8 and 2 more.",
            outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void NoneListensSinceTheFirstAttempt_SentinelsAreMissing()
    {
        var outcome = Of(Nothing, Cut, Empty with { Listeners = 0 });

        Assert.Equal(SocketState.SentinelsMissing, outcome.State);
        Assert.StartsWith($"{CutSentence} No process", outcome.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Without a listener ever seen, it is not known that one is missing: chatwoot runs builds of Rails that have none.</summary>
    [Fact]
    public void NoneEverListened_IsNotCalledMissing()
    {
        var (none, told, any) = (
            Of(Nothing, Empty with { Listeners = 0 }), Of(Nothing, Cut with { Listeners = 0 }),
            Of(Nothing, Empty with { Listeners = 0, AnyCable = 2 }));

        Assert.All([none, told, any], one => Assert.Equal(SocketState.NeverAnySentinel, one.State));
        Assert.All([none, told, any], one => Assert.DoesNotContain("estart", one.Sentence, StringComparison.Ordinal));
        Assert.StartsWith("No process of ActionCable was seen", none.Sentence, StringComparison.Ordinal);
        Assert.StartsWith($"{CutSentence} No process", told.Sentence, StringComparison.Ordinal);
        Assert.StartsWith("AnyCable listens on cable", any.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void SocketsThatRemain_CannotBeProvenClosed() => AssertDoubt(
        "3 processes held sockets of user 42, 3 were told, 2 remain. Those that remain after 5 s", Usual, Cut with { Remain = 2 });

    [Fact]
    public void ProcessThatWasNotTold_CannotBeProvenClosed() => AssertDoubt(
        "3 processes held sockets of user 42, 2 were told, 0 remain. The others stopped listening", Usual, Cut with { Told = 2 });

    [Fact]
    public void FewerProcessesThanBefore_CannotBeProvenClosed() => AssertDoubt(
        "2 processes of the application listen on cable, and 3 did in the last 15 minutes.", Usual, Empty with { Listeners = 2 });

    [Fact]
    public void FewerProcessesThanAtTheFirstAttempt_CannotBeProvenClosed() =>
        Assert.Equal(SocketState.CannotProveClosed, Of(Nothing, Cut, Empty with { Listeners = 2 }).State);

    [Fact]
    public void SettingsThatFitNobody_CannotBeProvenClosed() => AssertDoubt(
        "12 identities are online on cable, and none is as the settings describe users. Check ChannelPrefix, GlobalIdApp and "
            + "GlobalIdModel of Dashboard:Sockets.", Usual, Empty with { UnlikeSettings = 12 });

    /// <summary>After a cut, those who are left may be another application's.</summary>
    [Fact]
    public void SettingsThatFittedBefore_AreNotDoubted() =>
        Assert.Equal(SocketState.Closed, Of(Usual, Cut, Empty with { UnlikeSettings = 12 }).State);

    [Theory]
    [InlineData(true, SocketState.NoneOpen)]
    [InlineData(false, SocketState.CannotProveClosed)]
    internal void TooManyChannels_ProveSomethingWhereTheUserHasOneAlone(bool enough, SocketState state)
    {
        var outcome = Of(Usual, Empty with { AllChannels = 12_000, OnlyComputed = true, IsComputedEnough = enough, UnlikeSettings = null });

        Assert.Equal(state, outcome.State);
        Assert.Contains("There are 12\u202F000 channels, too many to list them", outcome.Notes[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Refused, SocketStep.Look, "cable refuses connections: nothing listens on 10.0.0.5:6379. Nothing more was sent.")]
    [InlineData(FaultKind.Hung, SocketStep.Look, "cable accepts connections but does not answer. Nothing more was sent.")]
    [InlineData(FaultKind.NotValkey, SocketStep.Look, "Nothing more was sent.")]
    [InlineData(FaultKind.Loading, SocketStep.Send, "cable is loading its dataset and serves nothing yet. Nothing more was sent.")]
    [InlineData(FaultKind.ReadOnly, SocketStep.Send, "cable is a replica and accepts no writes. Nothing more was sent.")]
    [InlineData(FaultKind.Hung, SocketStep.Send, "it is unknown whether the processes were told.")]
    [InlineData(FaultKind.Closed, SocketStep.Verify, "The processes were told, but cable did not answer after that.")]
    [InlineData(FaultKind.NoPerm, SocketStep.Send, "The Privileges page shows the line to copy.")]
    [InlineData(FaultKind.Misconf, SocketStep.Send, "cable cannot write to its disk and refuses the console’s script.")]
    internal void Fault_LeavesTheSocketsUnknown(FaultKind kind, SocketStep step, string sentence)
    {
        var outcome = Of(Usual, new SocketAttempt(Given.Start) { Step = step, Fault = new(kind) });

        Assert.Equal(SocketState.Unknown, outcome.State);
        Assert.Contains(sentence, outcome.Sentence, StringComparison.Ordinal);
        Assert.Contains("unknown", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void ServerWithoutScripts_SaysWhatToDoInstead() => Assert.Equal(
        "cable runs no scripts, so no socket can be cut from here. Disconnect user 42 in the application.",
        Of(Usual, new SocketAttempt(Given.Start) { Step = SocketStep.Send, Fault = new(FaultKind.Other, "ERR unknown command 'EVAL'") })
            .Sentence);

    [Theory]
    [InlineData("role", "cable is a replica")]
    [InlineData("run_id", "cable restarted, or another server answers at its address")]
    public void ConditionThatDidNotHold_LeavesTheSocketsUnknown(string condition, string sentence)
    {
        var outcome = Of(Usual, Cut, Cut with { Told = null, Remain = null, Step = SocketStep.Send, Failed = new(condition, "x") });

        Assert.Equal(SocketState.Unknown, outcome.State);
        Assert.StartsWith($"{CutSentence} {sentence}", outcome.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void HostileUserId_IsShownSafely() =>
        Assert.Contains("user 4\\x1b2,", SocketOutcome.Of(Given.Instance(Purpose.Cable), "4\u001b2", true, [Cut], Usual).Sentence,
            StringComparison.Ordinal);

    private static void AssertDoubt(string sentence, ListenerHistory history, SocketAttempt attempt)
    {
        var outcome = Of(history, attempt);

        Assert.Equal(SocketState.CannotProveClosed, outcome.State);
        Assert.StartsWith(sentence, outcome.Sentence, StringComparison.Ordinal);
    }

    private static SocketOutcome Of(ListenerHistory history, params SocketAttempt[] attempts) =>
        SocketOutcome.Of(Given.Instance(Purpose.Cable), "42", reconnect: false, attempts, history);
}
