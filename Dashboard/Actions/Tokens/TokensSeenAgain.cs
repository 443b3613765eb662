using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Storage;
using Dashboard.Text;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Notices tokens among those found that were revoked before: the application writes them again, or they were never deleted. The audit log
/// and the strip of the revocation say so, once for each run that revoked some of them.
/// </summary>
internal sealed class TokensSeenAgain(RevokedTokens revoked, RevocationSteps steps, AuditTrail audit, TimeProvider time)
{
    private static string Remedy(int count) => count == 1
        ? "The application wrote it again from its own database, or it was never deleted: mark it as revoked there, by its digest, and "
            + "revoke again."
        : "The application wrote them again from its own database, or they were never deleted: mark them as revoked there, by their "
            + "digests, and revoke again.";

    /// <param name="found">On the instance, read since <paramref name="begun"/>.</param>
    /// <returns>The digests of those that were revoked there before; empty where the store cannot be used.</returns>
    public async Task<IReadOnlySet<string>> AmongAsync(InstanceId instance, IReadOnlyList<FoundToken> found, DateTimeOffset begun)
    {
        var again = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var seen = await revoked.AmongAsync(
                instance, [.. found.Select(token => token.Digest?.Hex).OfType<string>()], begun, CancellationToken.None);
            again.UnionWith(seen.Keys);
            foreach (var run in seen.Values.GroupBy(one => one.Run))
            {
                await NoteAsync(run.Key, run.First().At, run.Count());
            }
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it.
        }

        return again;
    }

    private async Task NoteAsync(Guid run, DateTimeOffset at, int count)
    {
        var after = DurationText.Text(time.GetUtcNow() - at);
        var sentence = $"After {after}: a search found {RevocationText.Count(count)} again. {Remedy(count)}";
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
