using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>Each second: does what is due after revocations, and forgets keys and searches whose time is over.</summary>
internal sealed partial class RevocationFollowUp(
    RevocationSteps steps, RevocationLook look, SocketCuts sockets, RevokedKeys recent, TokenSearches searches, TimeProvider time,
    ILogger<RevocationFollowUp> log)
    : PeriodicWorker(Every, time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override async Task RunOnceAsync(CancellationToken cancel)
    {
        recent.Sweep();
        searches.Sweep();
        try
        {
            foreach (var step in await steps.ClaimDueAsync(cancel))
            {
                // Not awaited: a look may take seconds, and what else is due does not wait for it. It catches and logs its failures.
                _ = HandleAsync(step, cancel);
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
            await steps.EndAsync(step, level, sentence, details, cancel);
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
        }
    }

    private async Task<(string Level, string Sentence, string? Details)> LookAsync(RevocationStep step, CancellationToken cancel)
    {
        var (level, sentence) = await look.LookAsync(step, cancel);
        return (level, sentence, null);
    }

    [LoggerMessage(621, LogLevel.Error, "Looking after revoked tokens failed unexpectedly; it is tried again in a second")]
    protected override partial void LogUnexpected(Exception error);
}
