using System.Collections.Concurrent;
using Dashboard.Actions.Planning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>Each second: does what is due after revocations, and forgets keys and searches whose time is over.</summary>
internal sealed partial class RevocationFollowUp(
    RevocationSteps steps, RevocationLook look, SocketCuts sockets, AuditTrail audit, RevokedTokens revoked, RevokedKeys recent,
    TokenSearches searches, PendingPlans pending, TimeProvider time, ILogger<RevocationFollowUp> log)
    : PeriodicWorker(Every, time)
{
    /// <summary>The name of a look in the audit log.</summary>
    internal const string LookAction = "tokens.look";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Postponement = TimeSpan.FromSeconds(2);

    /// <summary>How often digests that are too old are looked for.</summary>
    private static readonly TimeSpan PrunePeriod = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Guid, RevocationStepKind), bool> _working = new();
    private long? _prunedAt;

    protected override async Task RunOnceAsync(CancellationToken cancel)
    {
        recent.Sweep();
        searches.Sweep();
        pending.Sweep();
        try
        {
            foreach (var step in await steps.ClaimDueAsync(cancel))
            {
                // A step that is still at work here was claimed again because it takes longer than its lease; the claim renewed the lease.
                if (_working.TryAdd((step.Run, step.Kind), true))
                {
                    // Not awaited: a look may take seconds, and what else is due does not wait for it. It catches and logs its failures.
                    _ = HandleAsync(step, cancel);
                }
            }

            if (_prunedAt is not { } at || Time.GetElapsedTime(at) >= PrunePeriod)
            {
                // A part each second, until nothing is too old.
                _prunedAt = await revoked.PruneAsync(cancel) ? null : Time.GetTimestamp();
            }
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it; the next round tries again.
        }
    }

    private async Task HandleAsync(RevocationStep step, CancellationToken cancel)
    {
        try
        {
            var (level, sentence, details) = step.IsOfSockets
                ? await sockets.CutAsync(step, cancel)
                : await LookAsync(step, cancel);
            if (RevocationLook.LevelAt(level, step, Time.GetUtcNow()) is not { } known)
            {
                await steps.PostponeAsync(step, Postponement, cancel);
                return;
            }

            if (await steps.EndAsync(step, known, sentence, details, cancel)
                && step.Kind is not (RevocationStepKind.CutSockets or RevocationStepKind.CutSocketsSoon))
            {
                await audit.NoteAsync(
                    new AuditEvent(step.IsOfSockets ? SocketCuts.Action : LookAction, AuditEvent.Console)
                    {
                        Instance = step.Instance,
                        Subject = step.User is { } user ? $"user {user}" : null,
                        Detail = sentence,
                    }, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The program ends; another console continues once the lease is over.
        }
        catch (StoreException)
        {
            // The step stays open and is done again once the lease is over.
        }
        catch (Exception error)
        {
            LogUnexpected(error);
            await EndAsync(step, cancel);
        }
        finally
        {
            _working.TryRemove((step.Run, step.Kind), out _);
        }
    }

    /// <summary>A step that failed unexpectedly is not tried again: it would fail each minute.</summary>
    private async Task EndAsync(RevocationStep step, CancellationToken cancel)
    {
        try
        {
            await steps.EndAsync(step, "unknown", "It failed unexpectedly; the log has the details.", null, cancel);
        }
        catch (StoreException)
        {
            // It is tried again once the lease is over.
        }
    }

    private async Task<(string Level, string Sentence, string? Details)> LookAsync(RevocationStep step, CancellationToken cancel)
    {
        var (level, sentence) = await look.LookAsync(step, cancel);
        return (level, sentence, null);
    }

    [LoggerMessage(621, LogLevel.Error, "A step after a revocation failed unexpectedly")]
    protected override partial void LogUnexpected(Exception error);
}
