using Dashboard.Access;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Actions.Scanning;
using Dashboard.Audit;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Storage;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Finds tokens, for a page to show and for actions to revoke. A search takes no run slot: it is never in the way of a revocation.
/// </summary>
internal sealed partial class TokenFinder(
    TokenSettings settings, TokenSearches searches, Fleet fleet, Authorizer authorizer, AuditTrail audit, RevokedTokens revoked,
    ValkeyServers servers, ScanBudget budget, TimeProvider time, ILogger<TokenFinder> log)
{
    /// <summary>The action's name in the audit log.</summary>
    public const string Action = "tokens.find";

    /// <summary>How often a running search shows what it found.</summary>
    private static readonly TimeSpan ShowInterval = TimeSpan.FromMilliseconds(250);

    private static readonly HashSet<string> NoDigests = [];

    /// <summary>Begins a search by a filter. It continues in the background; its page asks for it by id.</summary>
    /// <returns>The search, or why there is none.</returns>
    public async Task<(TokenSearch? Search, Refusal? Refusal)> BeginAsync(
        string? session, InstanceId instance, TokenFilter filter, CancellationToken cancel)
    {
        var (target, refusal) = await AuthorizeAsync(session, instance, filter.Text, cancel);
        if (target is null)
        {
            return (null, refusal);
        }

        var search = new TokenSearch(Guid.NewGuid(), session!, target.Instance, target.Facts!.Snapshot.Server.RunId!, filter);
        searches.Keep(search);
        // Not awaited: it catches and logs its failures.
        _ = Task.Run(() => RunAsync(search, settings.Kinds, target, NoDigests), CancellationToken.None);
        return (search, null);
    }

    /// <summary>
    /// Finds a token that a person has. Where its key follows from the token, one question is enough; where a user stands in the name as
    /// well, those kinds are scanned.
    /// </summary>
    /// <param name="pasted">The token, a header or a cookie; never kept.</param>
    /// <returns>The id of the search. Where it was refused, the search says why.</returns>
    public async Task<Guid> BeginOfPastedAsync(string? session, InstanceId instance, string pasted, CancellationToken cancel)
    {
        var (search, refusal) = await LookForAsync(session, instance, pasted, cancel);
        if (search is null)
        {
            search = new(Guid.NewGuid(), session ?? "", fleet.Find(instance)!.Instance, "", new()) { IsOfPasted = true };
            search.Show(search.State with { IsOver = true, Abort = refusal!.Sentence });
            searches.Keep(search);
        }

        return search.Id;
    }

    public bool Knows(InstanceId instance) => fleet.Find(instance) is not null;

    private async Task<(TokenSearch? Search, Refusal? Refusal)> LookForAsync(
        string? session, InstanceId instance, string pasted, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(pasted) || pasted.Length > PastedSecret.MaxLength)
        {
            return (null, Refusal.Invalid(
                $"Paste a token, an Authorization header or a cookie of at most {PastedSecret.MaxLength} characters."));
        }

        var secrets = PastedSecret.Read(pasted);
        var digest = secrets.Select(secret => TokenDigest.OfSecret(secret)).FirstOrDefault(one => one is not null);
        var filter = new TokenFilter { Digest = digest?.Hex };
        var (target, refusal) = await AuthorizeAsync(
            session, instance, digest is null ? "a pasted token" : $"token {digest.Fingerprint}", cancel);
        if (target is null)
        {
            return (null, refusal);
        }

        var jwt = PastedJwt.Parse(System.Text.Encoding.UTF8.GetString(secrets[0]));
        var search = new TokenSearch(Guid.NewGuid(), session!, target.Instance, target.Facts!.Snapshot.Server.RunId!, filter)
        {
            IsOfPasted = true,
            Jwt = jwt,
        };
        searches.Keep(search);
        var found = await LookUpAsync(search, secrets, cancel);
        if (found is null || search.State.Found > 0 || digest is null)
        {
            search.Show(search.State with { IsOver = true });
            return (search, null);
        }

        var digests = secrets.SelectMany(DigestsOf).Select(one => one.Hex).ToHashSet(StringComparer.Ordinal);
        TokenKind[] others = [.. settings.Kinds.Where(kind => kind.KeyOf("x"u8) is null)];
        _ = Task.Run(() => RunAsync(search, others, target, digests), CancellationToken.None);
        return (search, null);
    }

    private async Task<(InstanceState? Target, Refusal? Refusal)> AuthorizeAsync(
        string? session, InstanceId instance, string subject, CancellationToken cancel)
    {
        var (person, refusal) = await authorizer.AskAsync(session, Permission.ListTokens, instance, Action, cancel);
        if (person is null)
        {
            return (null, refusal);
        }

        var target = fleet.Find(instance) ?? throw new ArgumentException($"No instance is called '{instance}'.", nameof(instance));
        if (!target.Instance.Profile.HoldsTokens)
        {
            return (null, Refusal.Invalid(
                $"{instance} is a {target.Instance.Purpose.Word} instance: tokens are kept on session instances."));
        }

        if (!target.IsAnswering || target.Facts?.Snapshot.Server.RunId is null)
        {
            return (null, Refusal.Invalid($"{instance} does not answer now, so nothing can be found. Its card says what is wrong."));
        }

        var what = new AuditEvent(Action, person.Name, person.Address)
        {
            Instance = instance,
            RunId = target.Facts.Snapshot.Server.RunId,
            Database = target.Instance.Address.Database,
            Subject = subject,
        };
        return await audit.NoteAsync(what, cancel) is { } failure ? (null, Refusal.AuditUnavailable(failure.Why)) : (target, null);
    }

    /// <summary>The digest of a token, and those that its keys have where they do not hold the token itself.</summary>
    private IEnumerable<TokenDigest> DigestsOf(byte[] secret) => settings.Kinds.Where(kind => kind.KeyHolds != TokenKeyForm.User)
        .Select(kind => TokenDigest.OfKey(TokenDigest.InKey(secret, kind.KeyHolds), kind.KeyHolds)).Append(TokenDigest.OfSecret(secret))
        .OfType<TokenDigest>();

    /// <returns>Null when the server could not be asked.</returns>
    private async Task<IReadOnlyList<FoundToken>?> LookUpAsync(TokenSearch search, IReadOnlyList<byte[]> secrets, CancellationToken cancel)
    {
        var precondition = new ServerPrecondition(search.RunId, search.Instance.Address.Database, null);
        await using var server = servers.Actor(search.Instance, ActionTimeouts.Query);
        if ((await server.InfoAsync(cancel)).Fault is { } closed)
        {
            search.Show(search.State with { Abort = FaultSentence.BeforeAnything(closed), ReadAt = time.GetUtcNow() });
            return null;
        }

        List<FoundToken> found = [];
        foreach (var kind in settings.Kinds)
        {
            SecretKey[] keys = [.. secrets.Select(secret => kind.KeyOf(secret)).OfType<byte[]>().Select(key => new SecretKey(key))];
            if (keys is [])
            {
                continue;
            }

            var reply = await server.ReadTokenKeysAsync(precondition, keys, TokenReader.FieldsOf(kind), cancel);
            if (reply.Fault is { } fault || reply.Value!.Failed is not null)
            {
                var why = reply.Fault is { } trouble ? FaultSentence.Of(trouble) : ScanAbort.OfBreach(reply.Value!.Failed!).Sentence;
                search.Show(search.State with { Abort = why, ReadAt = time.GetUtcNow() });
                return null;
            }

            found.AddRange(reply.Value.Value!.Entries.Select(entry => TokenReader.Read(entry, kind, settings)).OfType<FoundToken>());
        }

        search.Show(new(found, found.Count)
        {
            ReadAt = time.GetUtcNow(),
            Fraction = 1,
            Seen = found.Count,
            RevokedBefore = await RevokedAmongAsync(found),
        });
        return found;
    }

    private async Task RunAsync(TokenSearch search, IReadOnlyList<TokenKind> kinds, InstanceState target, IReadOnlySet<string> digests)
    {
        try
        {
            await using var server = servers.Actor(search.Instance, ActionTimeouts.Query);
            if ((await server.InfoAsync(search.Stopped)).Fault is { } closed)
            {
                search.Show(search.State with { IsOver = true, Abort = FaultSentence.BeforeAnything(closed), ReadAt = time.GetUtcNow() });
                return;
            }

            await ScanAsync(search, kinds, target, digests, server);
        }
        catch (OperationCanceledException)
        {
            search.Show(search.State with { IsOver = true, Abort = "The search was stopped." });
        }
        catch (Exception error)
        {
            LogUnexpected(error, search.Instance.Id);
            search.Show(search.State with { IsOver = true, Abort = "Unexpected error; the log has the details. Search again." });
        }
    }

    private async Task ScanAsync(
        TokenSearch search, IReadOnlyList<TokenKind> kinds, InstanceState target, IReadOnlySet<string> digests, IServerActor server)
    {
        var facts = target.Facts!.Snapshot;
        var progress = new SearchProgress(search);
        var scan = new TokenScan(settings, server, progress, budget, time);
        // For a pasted text, any of the values in it may be the token.
        var filter = digests.Count > 0 ? new TokenFilter() : search.Filter;
        List<FoundToken> rows = [];
        HashSet<SecretKey> kept = [];
        var (found, shownAt) = (0L, time.GetTimestamp());
        var abort = await scan.OverAsync(
            new(search.RunId, search.Instance.Address.Database, null), filter, kinds,
            facts.Keyspace.Known ? facts.Keyspace.In(search.Instance.Address.Database) : null,
            tokens =>
            {
                foreach (var token in tokens.Where(token => digests.Count == 0 || (token.Digest is { } one && digests.Contains(one.Hex))))
                {
                    if (rows.Count >= TokenSearch.MaxRows || kept.Add(token.Key))
                    {
                        found++;
                    }

                    if (rows.Count < kept.Count)
                    {
                        rows.Add(token);
                    }
                }

                if (time.GetElapsedTime(shownAt) >= ShowInterval)
                {
                    shownAt = time.GetTimestamp();
                    search.Show(StateOf(scan, [.. rows], found, progress));
                }

                return Task.FromResult<Reply<PreconditionResult<long>>>((PreconditionResult<long>)0L);
            }, search.Stopped);
        search.Show(StateOf(scan, await WithTtlAsync(search, rows, server), found, progress) with
        {
            IsOver = true,
            Abort = abort?.Sentence,
            Fraction = 1,
            Says = "",
            RevokedBefore = await RevokedAmongAsync(rows),
        });
    }

    /// <summary>Reads the time to live of what was found: the scan itself leaves it out, because each costs a lookup.</summary>
    private async Task<IReadOnlyList<FoundToken>> WithTtlAsync(TokenSearch search, List<FoundToken> rows, IServerActor server)
    {
        var precondition = new ServerPrecondition(search.RunId, search.Instance.Address.Database, null);
        Dictionary<SecretKey, FoundToken> complete = [];
        foreach (var some in rows.Where(row => row.Entry.Ttl is null).GroupBy(row => row.Kind)
            .SelectMany(kind => kind.Chunk(ScanBudget.MaxPageSize)))
        {
            var reply = await server.ReadTokenKeysAsync(
                precondition, [.. some.Select(token => token.Key)], TokenReader.FieldsOf(some[0].Kind), search.Stopped);
            if (reply.Fault is not null || reply.Value!.Failed is not null)
            {
                return rows;
            }

            foreach (var entry in reply.Value.Value!.Entries)
            {
                if (TokenReader.Read(entry, some[0].Kind, settings) is { } token)
                {
                    complete[entry.Key] = token;
                }
            }
        }

        // In the same order: a person may have selected rows meanwhile.
        return [.. rows.Select(row => complete.GetValueOrDefault(row.Key, row))];
    }

    private TokenSearchState StateOf(TokenScan scan, IReadOnlyList<FoundToken> rows, long found, SearchProgress progress) =>
        new(rows, found)
        {
            Fraction = progress.Fraction,
            Says = progress.Says,
            Seen = scan.Tally.Seen,
            Unread = scan.Tally.Unread,
            Skipped = scan.Tally.Skipped,
            OfUnknownAge = scan.Tally.OfUnknownAge,
            ReadAt = time.GetUtcNow(),
        };

    private async Task<IReadOnlySet<string>> RevokedAmongAsync(IReadOnlyList<FoundToken> rows)
    {
        try
        {
            return await revoked.AmongAsync([.. rows.Select(row => row.Digest?.Hex).OfType<string>()], CancellationToken.None);
        }
        catch (StoreException)
        {
            // The banner about console.db says what is wrong with it.
            return new HashSet<string>();
        }
    }

    [LoggerMessage(620, LogLevel.Error, "Finding tokens on {Instance} failed unexpectedly")]
    private partial void LogUnexpected(Exception error, InstanceId instance);

    /// <summary>What the scan reports, for the page; the page stops it.</summary>
    private sealed class SearchProgress(TokenSearch search) : IScanProgress
    {
        public double Fraction { get; private set; }

        public string Says { get; private set; } = "";

        public string? Stop => search.Stopped.IsCancellationRequested ? "The search was stopped." : null;

        public void Report(long done, long? of, string says = "") =>
            (Fraction, Says) = (of is > 0 and var all ? Math.Clamp((double)done / all, 0, 1) : 0, says);
    }
}
