using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Compares the declared kinds of tokens with some keys of a server: a pattern or a form that is wrong would show as tokens that cannot be
/// found. It returns counts alone.
/// </summary>
internal sealed class TokenSampler(TokenSettings settings, ValkeyServers servers, Fleet fleet, Authorizer authorizer)
{
    /// <summary>The action's name in the audit log, where it is refused.</summary>
    public const string Action = "tokens.sample";

    /// <summary>About how many keys are looked at for each kind.</summary>
    public const int Keys = MaxPages * ScanBudget.MaxPageSize;

    private const int MaxPages = 5;

    /// <returns>A sample of each kind, or why there is none.</returns>
    public async Task<(IReadOnlyList<TokenSample>? Samples, Refusal? Refusal)> TakeAsync(
        string? session, InstanceId instance, CancellationToken cancel)
    {
        var (person, refusal) = await authorizer.AskAsync(session, Permission.ListTokens, instance, Action, cancel);
        if (person is null)
        {
            return (null, refusal);
        }

        if (fleet.Find(instance) is not { IsAnswering: true, Facts.Snapshot: { Server.RunId: { } runId } facts } target)
        {
            return (null, Refusal.Invalid($"{instance} does not answer now, so no key can be looked at. Its card says what is wrong."));
        }

        var precondition = new ServerPrecondition(runId, target.Instance.Address.Database, null);
        var held = facts.Keyspace.Known ? facts.Keyspace.In(target.Instance.Address.Database) : Keys;
        await using var server = servers.Actor(target.Instance, ActionTimeouts.Query);
        var fault = (await server.InfoAsync(cancel)).Fault;
        List<TokenSample> samples = [];
        foreach (var kind in fault is null ? settings.Kinds : [])
        {
            var (tally, pages, cursor) = (new TokenTally(), 0, ScanPage.Start);
            do
            {
                var reply = await server.ReadTokensAsync(
                    precondition, kind.Pattern.Glob, TokenReader.FieldsOf(kind), withTtl: false, cursor, ScanBudget.MaxPageSize, cancel);
                if (reply.Fault is not null || reply.Value!.Failed is not null)
                {
                    return (null, Refusal.Invalid($"{instance}: " + (reply.Fault is { } trouble ? FaultSentence.BeforeAnything(trouble)
                        : ScanAbort.OfBreach(reply.Value!.Failed!).Sentence)));
                }

                var page = reply.Value.Value!;
                foreach (var token in page.Entries.Select(entry => TokenReader.Read(entry, kind, settings)).OfType<FoundToken>())
                {
                    tally.Add(token, new());
                }

                (cursor, pages) = (page.Cursor, pages + 1);
            }
            while (cursor != ScanPage.Start && pages < MaxPages);
            // A page may hold some keys more than were asked for.
            var scanned = cursor == ScanPage.Start ? held : Math.Max(tally.Seen, Math.Min(held, pages * (long)ScanBudget.MaxPageSize));
            samples.Add(new(kind, scanned, tally.Seen - tally.Unread.Sum(form => form.Count), tally.Unread));
        }

        return fault is null ? (samples, null) : (null, Refusal.Invalid($"{instance}: {FaultSentence.BeforeAnything(fault)}"));
    }
}
