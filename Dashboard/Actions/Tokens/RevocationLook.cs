using Dashboard.Actions.Scanning;
using Dashboard.Monitoring;
using Dashboard.Text;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Looks whether revoked tokens are back: an application that finds a token in its own database may write it here again, and a restart may
/// bring back what was not on disk.
/// </summary>
internal sealed class RevocationLook(
    TokenSettings settings, Fleet fleet, RevokedKeys recent, RevokedTokens revoked, ValkeyServers servers, ScanBudget budget,
    TimeProvider time)
{
    /// <summary>
    /// In place of <c>unknown</c>: the server does not answer now. The last look is done again when it does, so that a restart within the
    /// minute is looked at as well.
    /// </summary>
    public const string Unanswered = "unanswered";

    /// <summary>
    /// How long the last look waits for a server that does not answer: it may be restarting, and loading what it has on disk.
    /// </summary>
    public static readonly TimeSpan MaxPostponement = TimeSpan.FromMinutes(10);

    /// <summary>When the last look is due after the revocation.</summary>
    private static readonly TimeSpan LastLook = TimeSpan.FromSeconds(60);

    /// <summary>The uptime was read some seconds before.</summary>
    private static readonly TimeSpan UptimeMargin = TimeSpan.FromSeconds(5);

    /// <summary>A last look that is later than this says how late it was.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(10);

    /// <summary>The level with which a step ends.</summary>
    /// <returns>Null where it is done again later.</returns>
    public static string? LevelAt(string level, RevocationStep step, DateTimeOffset now) =>
        level != Unanswered ? level : now < step.DueAt + MaxPostponement ? null : "unknown";

    /// <returns>
    /// What was found: <c>ok</c>, <c>warn</c>, <c>unknown</c> or <see cref="Unanswered"/>, and a sentence.
    /// </returns>
    public async Task<(string Level, string Sentence)> LookAsync(RevocationStep step, CancellationToken cancel)
    {
        var (after, unanswered) = step.Kind == RevocationStepKind.LookSoon
            ? ("5 s", "unknown")
            : (time.GetUtcNow() - step.DueAt is var late && late > Late ? DurationText.Text(LastLook + late) : "60 s", Unanswered);
        if (fleet.Find(step.Instance) is not { IsAnswering: true, Facts.Snapshot: { Server.RunId: { } runId } facts } target)
        {
            return (unanswered, $"After {after}: {step.Instance} did not answer, so it is not known whether they are back.");
        }

        await using var server = servers.Actor(target.Instance, ActionTimeouts.Query);
        var precondition = new ServerPrecondition(runId, target.Instance.Address.Database, null);
        if ((await server.InfoAsync(cancel)).Fault is { } closed)
        {
            return (unanswered, $"After {after}: not known whether they are back. {FaultSentence.BeforeAnything(closed)}");
        }

        var kept = recent.Of(step.Run).Count;
        var digests = kept > 0 ? [] : await DigestsAsync(step, cancel);
        if (kept + digests.Count == 0)
        {
            return (
                "unknown",
                $"After {after}: not known whether they are back. Their keys were forgotten, and they have no fingerprints to look for.");
        }

        if (await BackAsync(step, digests, server, precondition, cancel) is not { } back)
        {
            return (unanswered, $"After {after}: not known whether they are back; the server did not answer the question.");
        }

        var issued = step is { Kind: RevocationStepKind.LookLater, User: { } user }
            ? await IssuedSinceAsync(step, user, server, precondition, facts.Keyspace.In(target.Instance.Address.Database), cancel)
            : 0;
        var since = issued switch
        {
            null => " Whether the user got new ones is not known.",
            > 0 => $" User {step.User} got {RevocationText.Count(issued.Value)} since: a new sign-in, or a refresh that still works.",
            _ => "",
        };
        if (step.Kind == RevocationStepKind.LookLater
            && facts.Server.Uptime + UptimeMargin < time.GetUtcNow() - (step.DueAt - LastLook))
        {
            since = $" The server was restarted since, and has loaded what it had on disk.{since}";
        }

        return back > 0
            ? ("warn", $"After {after}: {CountText.Text(back)} came back. {RevocationText.Remedy}{since}")
            : recent.CountOf(step.Run) is { } all && all > kept && kept > 0
                ? (
                    "unknown",
                    $"After {after}: of {CountText.Text(all)}, {CountText.Text(kept)} were looked for, and none came back.{since}")
            : (issued is > 0 or null ? "warn" : "ok", $"After {after}: none came back.{since}");
    }

    private async Task<HashSet<string>> DigestsAsync(RevocationStep step, CancellationToken cancel) =>
        (await revoked.OfRunAsync(step.Run, cancel)).Select(one => one.Digest).ToHashSet(StringComparer.Ordinal);

    /// <returns>Null where it could not be asked.</returns>
    private async Task<long?> BackAsync(
        RevocationStep step, HashSet<string> digests, IServerActor server, ServerPrecondition precondition, CancellationToken cancel)
    {
        var tokens = recent.Of(step.Run);
        if (digests.Count > 0)
        {
            // Another console revoked them, or this one was restarted: only the digests are known.
            return await CountAsync(
                server, precondition, new(), null, token => token.Digest is { } one && digests.Contains(one.Hex), cancel);
        }

        var back = 0L;
        foreach (var some in tokens.GroupBy(token => token.Kind).SelectMany(kind => kind.Chunk(ScanBudget.MaxPageSize)))
        {
            var reply = await server.ReadTokenKeysAsync(
                precondition, [.. some.Select(token => token.Key)], TokenReader.FieldsOf(some[0].Kind), cancel);
            if (reply.Fault is not null || reply.Value!.Failed is not null)
            {
                return null;
            }

            var before = some.ToDictionary(token => token.Key);
            back += reply.Value.Value!.Entries.Count(entry => some[0].Kind.KeyHolds != TokenKeyForm.User
                || TokenReader.Read(entry, some[0].Kind, settings)?.Digest == before[entry.Key].Digest);
        }

        return back;
    }

    private Task<long?> IssuedSinceAsync(
        RevocationStep step, string user, IServerActor server, ServerPrecondition precondition, long keys, CancellationToken cancel)
    {
        var begun = step.DueAt - LastLook;
        return CountAsync(
            server, precondition, new() { User = user }, keys,
            token => (token.Created ?? token.EstimatedCreation(time.GetUtcNow())) is { } created ? created >= begun : step.AllOfUser,
            cancel);
    }

    private async Task<long?> CountAsync(
        IServerActor server, ServerPrecondition precondition, TokenFilter filter, long? keys, Func<FoundToken, bool> counts,
        CancellationToken cancel)
    {
        var count = 0L;
        var scan = new TokenScan(settings, server, new Unreported(), budget, time) { ReadsTtl = filter.User is not null };
        var abort = await scan.OverAsync(
            precondition, filter, settings.Kinds, keys,
            tokens =>
            {
                count += tokens.Count(counts);
                return Task.FromResult<Reply<PreconditionResult<long>>>((PreconditionResult<long>)0L);
            }, cancel);
        return abort is null ? count : null;
    }

    /// <summary>A scan that nobody watches.</summary>
    private sealed class Unreported : IScanProgress
    {
        public string? Stop => null;

        public void Report(long done, long? of, string says = "")
        {
            // Nobody watches.
        }
    }
}
