using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Storage;
using Dashboard.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Notices tokens among those found that were revoked before: the application writes them again, or they were never deleted. The audit log
/// and the strip of the revocation say so, once for each run that revoked some of them.
/// </summary>
internal sealed class TokensSeenAgain(RevokedTokens revoked, RevocationSteps steps, AuditTrail audit, TimeProvider time)
{
    /// <param name="found">Read since <paramref name="begun"/>.</param>
    /// <returns>The digests of those that were revoked before; empty where the store cannot be used.</returns>
    public async Task<IReadOnlySet<string>> AmongAsync(IReadOnlyList<FoundToken> found, DateTimeOffset begun)
    {
        try
        {
            var seen = await revoked.AmongAsync(
                [.. found.Select(token => token.Digest?.Hex).OfType<string>()], begun, CancellationToken.None);
            foreach (var run in seen.Values.GroupBy(one => one.Run))
            {
                await NoteAsync(run.Key, run.First().At, run.Count());
            }

            return seen.Keys.ToHashSet(StringComparer.Ordinal);
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it.
            return new HashSet<string>();
        }
    }

    private async Task NoteAsync(Guid run, DateTimeOffset at, int count)
    {
        var after = DurationText.Text(time.GetUtcNow() - at);
        var sentence = $"After {after}: a search found {RevocationText.Count(count)} again. {RevocationText.Remedy}";
        if (await steps.AddSeenAsync(run, sentence, CancellationToken.None) is { } step)
        {
            await audit.NoteAsync(
                new AuditEvent(RevocationFollowUp.LookAction, AuditEvent.Console)
                {
                    Instance = step.Instance,
                    Subject = step.User is { } user ? $"user {user}" : null,
                    Detail = sentence,
                }, CancellationToken.None);
        }
    }
}
