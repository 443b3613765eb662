using Dashboard.Changes;
using Dashboard.Storage;

namespace Dashboard.Actions.Tokens;

/// <summary>Each second: does what is due after revocations, and forgets keys and searches whose time is over.</summary>
internal sealed partial class RevocationFollowUp(
    RevocationSteps steps, RevocationLook look, RevokedKeys recent, TokenSearches searches, TimeProvider time, ILogger<RevocationFollowUp> log)
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
                var (level, sentence) = await look.LookAsync(step, cancel);
                await steps.EndAsync(step, level, sentence, cancel);
            }
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it; the next round tries again.
        }
    }

    [LoggerMessage(621, LogLevel.Error, "Looking after revoked tokens failed unexpectedly; it is tried again in a second")]
    protected override partial void LogUnexpected(Exception error);
}
