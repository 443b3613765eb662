using System.Threading.Channels;
using Dashboard.Changes;
using Dashboard.Storage;
using Dashboard.Valkey.Connecting;
using Microsoft.AspNetCore.SignalR;
using StackExchange.Redis;

namespace Dashboard.Realtime;

/// <summary>
/// Tells the other consoles what changed here, raises what they tell in this console's <see cref="ChangeFeed"/>, and tests the way between
/// them. Nothing waits for it: what is not told is found by the periodic reads of the store.
/// </summary>
internal sealed partial class ReplicaHints(
    Backplane backplane, ConsoleHubManager manager, ChangeFeed changes, ReplicaId self, IServiceProvider services, TimeProvider time,
    ILogger<ReplicaHints> log)
    : BackgroundService
{
    /// <summary>The maximum number of hints that wait to be told; more replace the oldest.</summary>
    public const int MaxWaiting = 256;

    /// <summary>The time between two tests that came back.</summary>
    public static readonly TimeSpan TestPeriod = TimeSpan.FromSeconds(15);

    /// <summary>The time between two tests while none comes back: after that, the consoles hear each other again.</summary>
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    /// <summary>The time for one send, and for a test to come back.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    /// <summary>After so many tests in a row that did not come back, the connections are given up.</summary>
    private const int MaxFailures = 3;

    /// <summary>The least time between two log lines that it works, and that it does not.</summary>
    private static readonly TimeSpan LogPeriod = TimeSpan.FromMinutes(1);

    private readonly Channel<ReplicaHint> _waiting = System.Threading.Channels.Channel.CreateBounded<ReplicaHint>(
        new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Has one permit where a test was asked for; a second one changes nothing.</summary>
    private readonly SemaphoreSlim _disturbed = new(0);

    private volatile PendingTest? _test;
    private bool? _worked;
    private bool? _logged;
    private long? _loggedAt;
    private bool _hasLoggedUnexpected;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!backplane.IsOn)
        {
            return;
        }

        using var subscription = changes.SubscribeToOwn("the backplane", TellAsync);
        backplane.Disturbed += Disturb;
        try
        {
            await Task.WhenAll(SendAsync(stoppingToken), ListenAsync(stoppingToken));
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
        finally
        {
            backplane.Disturbed -= Disturb;
        }
    }

    public override void Dispose()
    {
        _disturbed.Dispose();
        base.Dispose();
    }

    private Task TellAsync(IReadOnlyCollection<Change> some)
    {
        foreach (var change in some)
        {
            _waiting.Writer.TryWrite(ReplicaHint.Of(self, change));
        }

        return Task.CompletedTask;
    }

    /// <summary>One hint at a time, so that no more than one waits for a server that hangs.</summary>
    private async Task SendAsync(CancellationToken cancel)
    {
        await foreach (var hint in _waiting.Reader.ReadAllAsync(cancel))
        {
            if (!await TryTellAsync(hint, cancel))
            {
                Disturb();
            }
        }
    }

    /// <returns>Whether the cable instance took it.</returns>
    private async Task<bool> TryTellAsync(ReplicaHint hint, CancellationToken cancel)
    {
        try
        {
            var hub = services.GetRequiredService<IHubContext<ConsoleHub, IReplica>>();
            await hub.Clients.All.HearAsync(hint).WaitAsync(Patience, time, cancel);
            return true;
        }
        catch (RedisServerException refused)
        {
            backplane.NoteFault(ErrorReply.Read(refused.Message));
            return false;
        }
        catch (Exception error)
        {
            cancel.ThrowIfCancellationRequested();
            LogIfUnexpected(error);
            return false;
        }
    }

    /// <summary>Connects and listens as long as the program runs.</summary>
    private async Task ListenAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await UseSessionAsync(cancel);
            }
            catch (Exception error)
            {
                cancel.ThrowIfCancellationRequested();
                LogIfUnexpected(error);
            }

            Report(null);
            await Task.Delay(RetryPeriod, time, cancel);
        }
    }

    /// <summary>Listens until the test of the way has failed several times: a new session then begins from nothing.</summary>
    private async Task UseSessionAsync(CancellationToken cancel)
    {
        if ((await backplane.OpenAsync()).Value is not { } connection)
        {
            return;
        }

        await using var session = new BackplaneSession(connection, services, time);
        manager.Session = session;
        try
        {
            var link = new HubLink(services.GetRequiredService<HubConnectionHandler<ConsoleHub>>(), time);
            await link.RunAsync(Hear, TestAsync, cancel);
        }
        finally
        {
            manager.Session = null;
        }
    }

    private void Hear(ReplicaHint hint)
    {
        if (hint.From == self.Value)
        {
            if (hint.Test == _test?.Number)
            {
                _test.Came.TrySetResult();
            }

            return;
        }

        if (!hint.IsPlausible)
        {
            return;
        }

        backplane.ReportOther(hint.From);
        if (hint.Change is { } change)
        {
            changes.RaiseOfOther(change);
        }
    }

    /// <summary>Tests the way while the console listens.</summary>
    private async Task TestAsync(CancellationToken cancel)
    {
        for (var (number, failures) = (1L, 0); failures < MaxFailures; number++)
        {
            var roundTrip = await RoundTripAsync(number, cancel);
            Report(roundTrip);
            failures = roundTrip is null ? failures + 1 : 0;
            if (roundTrip is null)
            {
                await Task.Delay(RetryPeriod, time, cancel);
            }
            else
            {
                await WaitAsync(cancel);
            }
        }
    }

    /// <summary>Waits until the next test is due, or until something asks for one.</summary>
    private async Task WaitAsync(CancellationToken cancel)
    {
        using var due = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var wait = Task.Delay(TestPeriod, time, due.Token);
        var first = await Task.WhenAny(wait, _disturbed.WaitAsync(due.Token));
        await due.CancelAsync();
        cancel.ThrowIfCancellationRequested();
        if (first != wait)
        {
            // What disturbs it again and again causes a test a second at most.
            await Task.Delay(RetryPeriod, time, cancel);
        }
    }

    private void Disturb()
    {
        if (_disturbed.CurrentCount == 0)
        {
            _disturbed.Release();
        }
    }

    /// <returns>How long the test took; null where it did not come back.</returns>
    private async Task<TimeSpan?> RoundTripAsync(long number, CancellationToken cancel)
    {
        var (test, began) = (new PendingTest(number), time.GetTimestamp());
        _test = test;
        if (!await TryTellAsync(ReplicaHint.OfTest(self, number), cancel))
        {
            return null;
        }

        try
        {
            await test.Came.Task.WaitAsync(Patience, time, cancel);
            return time.GetElapsedTime(began);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private void Report(TimeSpan? roundTrip)
    {
        if (roundTrip is { } took)
        {
            backplane.Report(took);
        }
        else
        {
            backplane.ReportFailure();
        }

        var works = roundTrip is not null;
        if (works && _worked == false)
        {
            // What was told meanwhile was not heard.
            changes.RaiseOfOther(new(ChangeKind.Everything));
        }

        _worked = works;
        Log(works);
    }

    /// <summary>Logs a change; one that was too soon after the last line is logged by a later test, if it still holds.</summary>
    private void Log(bool works)
    {
        if (_logged == works || (_loggedAt is { } at && time.GetElapsedTime(at) < LogPeriod))
        {
            return;
        }

        (_logged, _loggedAt) = (works, time.GetTimestamp());
        if (works)
        {
            LogConnected(backplane.Instance!.Id.Value);
        }
        else
        {
            LogLost(backplane.Instance!.Id.Value, backplane.State.Fault?.Kind.ToString() ?? "what was sent did not come back");
        }
    }

    /// <summary>Whatever it is, it ends neither the loop nor the program: the way is tried again.</summary>
    private void LogIfUnexpected(Exception error)
    {
        if (!_hasLoggedUnexpected && error is not (IOException or TimeoutException or StoreException or HubException
            or OperationCanceledException or ObjectDisposedException or RedisException))
        {
            _hasLoggedUnexpected = true;
            LogUnexpected(error);
        }
    }

    [LoggerMessage(703, LogLevel.Error, "The backplane failed unexpectedly and is tried again. This is logged once")]
    private partial void LogUnexpected(Exception error);

    /// <summary>A test that is on its way.</summary>
    private sealed record PendingTest(long Number)
    {
        public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(701, LogLevel.Information, "The backplane works: consoles that share the store hear each other over {Instance}")]
    private partial void LogConnected(string instance);

    [LoggerMessage(
        702, LogLevel.Warning,
        "The backplane over {Instance} does not work ({Fault}): what another console changes is seen within seconds, and not at once. "
            + "It is logged again only after it worked, at most once a minute")]
    private partial void LogLost(string instance, string fault);
}
