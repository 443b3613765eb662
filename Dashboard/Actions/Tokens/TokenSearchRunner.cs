using Dashboard.Actions.Scanning;
using Dashboard.Instances;
using Dashboard.Monitoring;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions.Tokens;

/// <summary>Asks the server for what a search wants, and shows in the search what was found.</summary>
internal sealed partial class TokenSearchRunner(
    TokenSettings settings, TokensSeenAgain again, ValkeyServers servers, ScanBudget budget, TimeProvider time,
    ILogger<TokenSearchRunner> log)
{
    /// <summary>How often a running search shows what it found.</summary>
    private static readonly TimeSpan ShowInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Asks for the keys that follow from a token: one question for each kind.</summary>
    /// <returns>False when the server could not be asked.</returns>
    public async Task<bool> LookUpAsync(TokenSearch search, IReadOnlyList<byte[]> secrets, CancellationToken cancel)
    {
        var (precondition, begun) =
            (new ServerPrecondition(search.RunId, search.Instance.Address.Database, null), time.GetUtcNow());
        await using var server = servers.Actor(search.Instance, ActionTimeouts.Query);
        if ((await server.InfoAsync(cancel)).Fault is { } closed)
        {
            search.Show(search.State with { Abort = FaultSentence.BeforeAnything(closed), ReadAt = time.GetUtcNow() });
            return false;
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
                return false;
            }

            found.AddRange(reply.Value.Value!.Entries.Select(entry => TokenReader.Read(entry, kind, settings)).OfType<FoundToken>());
        }

        search.Show(new(found, found.Count)
        {
            ReadAt = time.GetUtcNow(),
            Fraction = 1,
            Seen = found.Count,
            RevokedBefore = await again.AmongAsync(search.Instance.Id, found, begun),
        });
        return true;
    }

    /// <summary>Scans these kinds. It throws nothing: the search says what went wrong.</summary>
    /// <param name="digests">Of a pasted text, any of them; empty for the search's own filter.</param>
    public async Task ScanAsync(TokenSearch search, IReadOnlyList<TokenKind> kinds, InstanceState target, IReadOnlySet<string> digests)
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
        var (progress, begun) = (new SearchProgress(search), time.GetUtcNow());
        // For a pasted text, any of the values in it may be the token.
        var filter = digests.Count > 0 ? new TokenFilter() : search.Filter;
        List<FoundToken> rows = [];
        HashSet<SecretKey> kept = [];
        var (found, shownAt) = (0L, time.GetTimestamp());
        var (foundBefore, rowsBefore) = (0L, 0);
        var scan = new TokenScan(settings, server, progress, budget, time)
        {
            KindBegins = () => (foundBefore, rowsBefore) = (found, rows.Count),
            // Those that are listed are not met as new ones; the others are counted again.
            Restarts = () => found = foundBefore + rows.Count - rowsBefore,
        };
        var abort = await scan.OverAsync(
            new(search.RunId, search.Instance.Address.Database, null), filter, kinds,
            facts.Keyspace.Known ? facts.Keyspace.In(search.Instance.Address.Database) : null,
            tokens =>
            {
                foreach (var token in tokens.Where(token => digests.Count == 0 || (token.Digest is { } one && digests.Contains(one.Hex))))
                {
                    if (kept.Contains(token.Key))
                    {
                        continue;
                    }

                    found++;
                    if (rows.Count < TokenSearch.MaxRows)
                    {
                        kept.Add(token.Key);
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
            RevokedBefore = await again.AmongAsync(search.Instance.Id, rows, begun),
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
