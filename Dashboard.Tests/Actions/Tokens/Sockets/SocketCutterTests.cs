using Dashboard.Fakes;
using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>One attempt: look, send, look again. What fails ends it, and it says where.</summary>
public sealed class SocketCutterTests : IAsyncDisposable
{
    private const string Alone = "p:action_cable/Z2lkOi8vbXktYXBwL1VzZXIvNDI";
    private const string WithTenant = "p:action_cable/Z2lkOi8vbXktYXBwL1RlbmFudC83:Z2lkOi8vbXktYXBwL1VzZXIvNDI";
    private const string Other = "p:action_cable/Z2lkOi8vbXktYXBwL1VzZXIvNA";
    private const string List = @"PUBSUB CHANNELS p:action_cable/*Z2lkOi8vbXktYXBwL1VzZXIvNDI*";
    private const string ListAny = "PUBSUB CHANNELS *action_cable/*";
    private const string Head = "PUBSUB NUMSUB _action_cable_internal __anycable__";

    private static readonly string[] Unlike = ["q:action_cable/x", "q:action_cable/y"];

    private readonly FakeServerActor _cable = new();
    private readonly PassingTime _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _cable.DisposeAsync();

    [Fact]
    public async Task Attempt_TellsTheUsersChannelsAlone_AndProvesIt()
    {
        Info();
        _cable.Answer(List, (object)new[] { Alone, WithTenant, Other }).Answer($"{Head} {Alone} {WithTenant}", new long[] { 3, 0, 2, 1 })
            .Answer($"disconnect False {Alone} {WithTenant}", (PreconditionResult<long[]>)new long[] { 2, 1 })
            .Answer($"PUBSUB NUMSUB {Alone} {WithTenant}", new long[] { 1, 0 }, new long[] { 0, 0 });

        var attempt = await AttemptAsync();

        Assert.Equal((3L, 2, 3L, 3L, 0L, SocketStep.Done), (
            attempt.Listeners!.Value, attempt.Channels, attempt.Held!.Value, attempt.Told!.Value, attempt.Remain!.Value, attempt.Step));
        Assert.Null(attempt.UnlikeSettings);
        Assert.Equal(2, _cable.Calls.Count(call => call == $"PUBSUB NUMSUB {Alone} {WithTenant}"));
    }

    [Fact]
    public async Task Sockets_DoNotClose_AreLookedAtForFiveSeconds()
    {
        Info();
        _cable.Answer(List, (object)new[] { Alone }).Answer($"{Head} {Alone}", new long[] { 1, 0, 1 })
            .Answer($"disconnect False {Alone}", (PreconditionResult<long[]>)new long[] { 1 })
            .Answer($"PUBSUB NUMSUB {Alone}", new long[] { 1 });
        var began = _time.GetUtcNow();

        var attempt = await AttemptAsync();

        Assert.Equal((1L, SocketStep.Done), (attempt.Remain!.Value, attempt.Step));
        Assert.InRange(_time.GetUtcNow() - began, SocketCutter.VerifyFor, SocketCutter.VerifyFor + TimeSpan.FromMilliseconds(50));
    }

    [Fact]
    public async Task NoSocket_IsNotTold_AndTheSettingsAreComparedWithWhoIsOnline()
    {
        Info();
        _cable.Answer(List, (object)Array.Empty<string>()).Answer(Head, new long[] { 2, 0 })
            .Answer(ListAny, new[] { Other, Unlike[0] }, Unlike, Array.Empty<string>());

        var (some, unlike, none) = (await AttemptAsync(), await AttemptAsync(), await AttemptAsync());

        Assert.Equal([0L, 2L, 0L], [some.UnlikeSettings!.Value, unlike.UnlikeSettings!.Value, none.UnlikeSettings!.Value]);
        Assert.All([some, unlike, none], one => Assert.Equal((0L, 0L, 0L, SocketStep.Done), (one.Held, one.Told, one.Remain, one.Step)));
        Assert.DoesNotContain(_cable.Calls, call => call.StartsWith("disconnect", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("5001")]
    [InlineData(null)]
    public async Task TooManyChannels_OrAnUnknownNumber_OnlyTheComputedOneIsAsked(string? channels)
    {
        Info(("pubsub_channels", channels));
        _cable.Answer($"{Head} {Alone}", new long[] { 2, 0, 1 })
            .Answer($"disconnect False {Alone}", (PreconditionResult<long[]>)new long[] { 1 })
            .Answer($"PUBSUB NUMSUB {Alone}", new long[] { 0 });

        var attempt = await AttemptAsync();

        Assert.True(attempt.OnlyComputed);
        Assert.Equal((1L, 1L, 0L, SocketStep.Done), (attempt.Held, attempt.Told, attempt.Remain, attempt.Step));
        Assert.DoesNotContain(_cable.Calls, call => call.StartsWith("PUBSUB CHANNELS", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ManyChannels_AreCountedAndToldInSteps()
    {
        var names = Enumerable.Range(0, 450).Select(index => $"{Alone}:{index:000}").ToArray();
        Info();
        _cable.Answer(List, (object)names);
        var asked = new List<string>(["_action_cable_internal", "__anycable__", .. names]);
        foreach (var some in asked.Chunk(SocketCutter.PerStep))
        {
            _cable.Answer($"PUBSUB NUMSUB {string.Join(' ', some)}", [some.Select(_ => 1L).ToArray()]);
        }

        foreach (var some in names.Chunk(SocketCutter.PerStep))
        {
            _cable.Answer($"disconnect False {string.Join(' ', some)}", (PreconditionResult<long[]>)some.Select(_ => 1L).ToArray())
                .Answer($"PUBSUB NUMSUB {string.Join(' ', some)}", [some.Select(_ => 0L).ToArray()]);
        }

        var attempt = await AttemptAsync();

        Assert.Equal((450, 450L, 450L, 0L), (attempt.Channels, attempt.Held!.Value, attempt.Told!.Value, attempt.Remain!.Value));
    }

    [Fact]
    public async Task NoneListens_TheConnectedProcessesAreNamed()
    {
        Info();
        var silent = new CableProcess("10.0.0.7", 4711, Listens: false);
        _cable.Answer(List, (object)Array.Empty<string>()).Answer(Head, new long[] { 0, 0 })
            .Answer("CLIENT LIST", (object)new[] { silent, new CableProcess("10.0.0.7", 4712, Listens: true) });

        var attempt = await AttemptAsync();

        Assert.Equal((0L, SocketStep.Done), (attempt.Listeners, attempt.Step));
        Assert.Equal([silent], attempt.Silent);
    }

    /// <summary>Naming processes is a help; without it, or with too many clients to list, the attempt is complete all the same.</summary>
    [Theory]
    [InlineData("3", FaultKind.NoPerm)]
    [InlineData("5001", FaultKind.Other)]
    public async Task NoneListens_ProcessesAreNotListed_TheAttemptIsComplete(string clients, FaultKind fault)
    {
        Info(("connected_clients", clients));
        _cable.Answer(List, (object)Array.Empty<string>()).Answer(Head, new long[] { 0, 0 }).Answer("CLIENT LIST", new Fault(fault));

        var attempt = await AttemptAsync();

        Assert.Null(attempt.Fault);
        Assert.Equal((SocketStep.Done, 0), (attempt.Step, attempt.Silent.Count));
        Assert.Equal(clients == "3", _cable.Calls.Contains("CLIENT LIST"));
    }

    [Fact]
    public async Task Replica_IsNotTold()
    {
        Info(("role", "slave"));

        var attempt = await AttemptAsync();

        Assert.Equal((new FailedPrecondition("role", "slave"), SocketStep.Look), (attempt.Failed!, attempt.Step));
        Assert.Equal(["INFO"], _cable.Calls);
    }

    [Fact]
    public async Task ServerRestartsInBetween_EndsTheAttempt()
    {
        Info();
        _cable.Answer(List, (object)new[] { Alone }).Answer($"{Head} {Alone}", new long[] { 1, 0, 1 })
            .Answer($"disconnect False {Alone}", (PreconditionResult<long[]>)new FailedPrecondition("run_id", "another"));

        var attempt = await AttemptAsync();

        Assert.Equal(("run_id", SocketStep.Send, null), (attempt.Failed!.Condition, attempt.Step, attempt.Told));
    }

    [Theory]
    [InlineData("INFO", SocketStep.Look)]
    [InlineData(List, SocketStep.Look)]
    [InlineData($"{Head} {Alone}", SocketStep.Look)]
    [InlineData($"disconnect False {Alone}", SocketStep.Send)]
    [InlineData($"PUBSUB NUMSUB {Alone}", SocketStep.Verify)]
    internal async Task AnyQuestion_IsNotAnswered_EndsTheAttemptThere(string question, SocketStep step)
    {
        var fault = new Fault(FaultKind.Hung);
        if (question == "INFO")
        {
            _cable.Answer("INFO", fault);
        }

        Answer(question, List, new[] { Alone });
        Answer(question, $"{Head} {Alone}", new long[] { 1, 0, 1 });
        Answer(question, $"disconnect False {Alone}", (PreconditionResult<long[]>)new long[] { 1 });
        Answer(question, $"PUBSUB NUMSUB {Alone}", new long[] { 0 });
        Info();

        var attempt = await AttemptAsync();

        Assert.Equal((fault, step), (attempt.Fault!, attempt.Step));

        void Answer(string failing, string asked, object answer) => _cable.Answer(asked, failing == asked ? fault : answer);
    }

    [Fact]
    public async Task ServerWithoutRunId_IsNotTold()
    {
        Info(("run_id", null));

        var attempt = await AttemptAsync();

        Assert.Equal(FaultKind.Other, attempt.Fault!.Kind);
        Assert.Equal(["INFO"], _cable.Calls);
    }

    /// <summary>A console that ends, or a run that is stopped, does not wait for the sockets.</summary>
    [Fact]
    public async Task Cancelled_Throws()
    {
        Info();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        _cable.Answer(List, (object)new[] { Alone }).Answer($"{Head} {Alone}", new long[] { 1, 0, 1 })
            .Answer($"disconnect False {Alone}", (PreconditionResult<long[]>)new long[] { 1 })
            .Answer($"PUBSUB NUMSUB {Alone}", new long[] { 1 });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cutter().AttemptAsync(reconnect: false, cancelled.Token));
    }

    private void Info(params (string Name, string? Value)[] changes) => _cable.AnswerInfo(Given.Info("valkey-8.0.1-cable", changes));

    private Task<SocketAttempt> AttemptAsync() => Cutter().AttemptAsync(reconnect: false, Cancel);

    private SocketCutter Cutter() =>
        new(_cable, new UserChannels(GivenSockets.Settings("p"), "42"), "_action_cable_internal", _time);
}
