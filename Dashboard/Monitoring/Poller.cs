using Dashboard.Configuration;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Monitoring;

/// <summary>Polls one instance again and again, one question at a time, and records every answer in the fleet.</summary>
/// <param name="server">A watching connection that only this poller uses.</param>
/// <param name="made">What this console's acting connections caused; null where there are none.</param>
internal sealed partial class Poller(
    Instance instance, IServerWatcher server, Fleet fleet, MonitoringSettings settings, TimeProvider time, ILogger<Poller> logger,
    OwnLookups? made = null)
{
    private readonly ApplicationLookups _lookups = new();
    private SupplementaryProbe? _supplementary;
    private Fault? _lastFault;

    private SupplementaryProbe Supplementary => _supplementary ??= new(instance.Purpose, server, time);

    /// <summary>Polls until cancelled. A poll that takes longer than the interval makes the next one late, never two at once.</summary>
    /// <param name="asked">Requests a poll between two ticks, which keep their times.</param>
    public async Task RunAsync(PollRequest asked, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(settings.PollInterval, time);
        try
        {
            while (!cancel.IsCancellationRequested)
            {
                asked.Take();
                await PollGuardedAsync(cancel);
                await TickedOrAskedAsync(timer, asked, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    /// <summary>Waits for the first of the two and ends the other one: neither is ever awaited twice at once.</summary>
    private static async Task TickedOrAskedAsync(PeriodicTimer timer, PollRequest asked, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        Task[] both = [timer.WaitForNextTickAsync(over.Token).AsTask(), asked.AskedAsync(over.Token)];
        await Task.WhenAny(both);
        await over.CancelAsync();
        await Task.WhenAll(both).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PollGuardedAsync(CancellationToken cancel)
    {
        try
        {
            await PollAsync(cancel);
        }
        catch (Exception error) when (!cancel.IsCancellationRequested)
        {
            LogPollThrew(error, instance.Id);
        }
    }

    /// <summary>One poll, bounded by the time allowed.</summary>
    internal async Task PollAsync(CancellationToken cancel)
    {
        var (started, own) = (time.GetTimestamp(), made?.Of(instance.Id));
        var reply = await server.InfoAsync(cancel);
        var roundTrip = reply.Took ?? time.GetElapsedTime(started);
        LogTransition(reply.Fault);
        if (reply.Fault is { } fault)
        {
            fleet.Record(instance.Id, new PollResult.Failed(time.GetUtcNow(), Uptime(), fault));
            return;
        }

        var facts = _lookups.Of(Snapshot.Parse(reply.Value!), own);
        fleet.Record(
            instance.Id, new PollResult.Answered(time.GetUtcNow(), Uptime(), roundTrip, facts, Supplementary.Of(facts.Server.RunId)));
        await Supplementary.RefreshAsync(facts, cancel);
    }

    private TimeSpan Uptime() => time.GetElapsedTime(0);

    private void LogTransition(Fault? fault)
    {
        if (fault?.Kind == _lastFault?.Kind)
        {
            return;
        }

        if (fault is not null)
        {
            LogFailed(instance.Id, fault.Kind, fault.Detail.Length > 0 ? $" ({fault.Detail})" : "");
        }
        else
        {
            LogAnswers(instance.Id);
        }

        _lastFault = fault;
    }

    [LoggerMessage(110, LogLevel.Warning, "{Instance} gives no facts: {Fault}{Detail}; polling continues")]
    private partial void LogFailed(InstanceId instance, FaultKind fault, string detail);

    [LoggerMessage(111, LogLevel.Information, "{Instance} answers again")]
    private partial void LogAnswers(InstanceId instance);

    [LoggerMessage(112, LogLevel.Error, "A poll of {Instance} failed unexpectedly; polling continues")]
    private partial void LogPollThrew(Exception error, InstanceId instance);
}
