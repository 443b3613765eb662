using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Configuration;
using Dashboard.Instances;

namespace Dashboard.Audit;

/// <summary>Records that the console started, with what it watches, and that it stopped in order.</summary>
internal sealed partial class LifecycleEvents(
    AuditTrail trail, MonitoringSettings settings, TimeProvider time, ILogger<LifecycleEvents> log)
    : PeriodicWorker(TryAgainAfter, time, atStart: true)
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task? _noted;

    /// <remarks>
    /// A host may call it twice: one row is written, and both calls wait for it. It is written even when open connections used up the
    /// host's time: the trail bounds how long that takes, and an exception here would end the program as a crash.
    /// </remarks>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Task noted;
        lock (_gate)
        {
            noted = _noted ??= trail.NoteAsync(new("console.stopped", AuditEvent.Console), CancellationToken.None);
        }

        await noted;
    }

    protected override async Task RunOnceAsync(CancellationToken cancel) => IsDone = await trail.NoteAsync(Loaded(), cancel) is null;

    private AuditEvent Loaded() => new("settings.loaded", AuditEvent.Console)
    {
        Subject = settings.Environment,
        Counts = new Dictionary<string, long> { ["instances"] = settings.Instances.Count },
        Detail = string.Join("; ", Clicked().Concat(settings.Instances.Select(Watched))),
    };

    private static string Watched(Instance instance) => $"{instance.Id} ({instance.Purpose.Word}) at {instance.Address}";

    /// <summary>
    /// Names the instances that are confirmed by a click, so that the log shows since when; typing a phrase is the usual case. It is first,
    /// because a long row loses its end.
    /// </summary>
    private IEnumerable<string> Clicked() =>
        settings.Instances.Where(instance => instance.Confirmation == ConfirmationPolicy.Click).Select(instance => instance.Id.Value)
            .ToList() is { Count: > 0 } clicked
            ? [$"confirmed by a click: {string.Join(", ", clicked)}"]
            : [];

    [LoggerMessage(
        507, LogLevel.Error,
        "Writing the start of the console to the audit log failed unexpectedly; it is tried again in 10 s")]
    protected override partial void LogUnexpected(Exception error);
}
