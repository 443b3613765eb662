using Dashboard.Actions.Scanning;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>A paced scan over the tokens of a server, of every kind that the settings declare, one kind after the other.</summary>
internal sealed class TokenScan(TokenSettings settings, IServerActor server, IScanProgress progress, ScanBudget budget, TimeProvider time)
{
    /// <summary>The next page, where it is read while the present one is looked through.</summary>
    private (string Cursor, Task<(Reply<PreconditionResult<TokenPage>> Reply, TimeSpan Took)> Page)? _ahead;

    public TokenTally Tally { get; } = new();

    /// <summary>The scan ends once this many tokens were done.</summary>
    public long MaxDone { get; init; } = long.MaxValue;

    /// <summary>Called before the scan for each kind.</summary>
    public Action? KindBegins { get; init; }

    /// <summary>Called before the scan for a kind begins again, because a page was lost: it meets the same tokens a second time.</summary>
    public Action? Restarts { get; init; }

    /// <summary>Whether the time to live is read as well, whatever the filter needs.</summary>
    public bool ReadsTtl { get; init; }

    /// <summary>Tokens that <c>act</c> reported as done, in this pass.</summary>
    public long Done { get; private set; }

    /// <summary>
    /// Without pauses, a page is twice as large as the settings say, which halves round trips and starts of the script. With them, other
    /// clients come first: each may have to wait for one page, which reads values as well.
    /// </summary>
    public static int PageSizeOf(ScanBudget budget) =>
        budget.Pause > TimeSpan.Zero ? budget.PageSize : Math.Min(ScanBudget.MaxPageSize, 2 * budget.PageSize);

    /// <param name="kinds">Which kinds to scan for.</param>
    /// <param name="keys">About how many keys the server has, for the progress; null where that is not known.</param>
    /// <param name="act">Called with the tokens of a page that match; returns how many it did something to, or why it could not.</param>
    /// <returns>Why it ended early; null when it covered all keys.</returns>
    public async Task<ScanAbort?> OverAsync(
        ServerPrecondition precondition, TokenFilter filter, IReadOnlyList<TokenKind> kinds, long? keys,
        Func<IReadOnlyList<FoundToken>, Task<Reply<PreconditionResult<long>>>> act, CancellationToken cancel)
    {
        var size = PageSizeOf(budget);
        foreach (var (place, kind) in kinds.Index())
        {
            var scan = new KeyspaceScan(server, new PartialProgress(progress, place, kinds.Count), budget with { PageSize = size }, time)
            {
                ActsOnPages = false,
                // A stolen token has to be cut off, also where the server is busy: the scan goes on slowly, and can be stopped.
                EndsWhereSlow = false,
                Restarts = () =>
                {
                    Tally.Reset();
                    Restarts?.Invoke();
                },
                MaxDone = MaxDone == long.MaxValue ? MaxDone : MaxDone - Done,
            };
            Tally.Mark();
            KindBegins?.Invoke();
            var before = Done;
            var abort = await scan.OverAsync(PageAsync, keys, cancel);
            await (_ahead?.Page ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ahead = null;
            Done = before + scan.Done;
            if (abort is not null)
            {
                return abort;
            }

            async Task<Reply<PreconditionResult<ScanPage>>> PageAsync(string cursor, int count)
            {
                var (reply, took) = await (_ahead is { } ahead && ahead.Cursor == cursor ? ahead.Page : ReadAsync(cursor, count));
                _ahead = null;
                if (reply.Fault is { } fault)
                {
                    return fault;
                }

                if (reply.Value!.Failed is { } failed)
                {
                    return (PreconditionResult<ScanPage>)failed;
                }

                var page = reply.Value.Value!;
                // Without pauses, the server reads the next page meanwhile. A scan that slowed down asks for smaller pages.
                if (budget.Pause == TimeSpan.Zero && count == size && page.Cursor != ScanPage.Start)
                {
                    _ahead = (page.Cursor, ReadAsync(page.Cursor, count));
                    // The request leaves on another thread, which begins once this one is free.
                    await Task.Yield();
                }

                var acted = Matching(page, kind, filter) is { Count: > 0 } matching
                    ? await act(matching)
                    : (PreconditionResult<long>)0L;
                return acted.Fault is { } trouble ? trouble
                    : acted.Value!.Failed is { } breach ? (PreconditionResult<ScanPage>)breach
                    : (PreconditionResult<ScanPage>)new ScanPage(page.Cursor, page.Entries.Count, acted.Value.Value) { RoundTrip = took };
            }

            async Task<(Reply<PreconditionResult<TokenPage>> Reply, TimeSpan Took)> ReadAsync(string cursor, int count)
            {
                var asked = time.GetTimestamp();
                var reply = await server.ReadTokensAsync(
                    precondition, kind.Pattern.Glob, TokenReader.FieldsOf(kind), ReadsTtl || filter.NeedsTtl, cursor, count, cancel);
                return (reply, time.GetElapsedTime(asked));
            }
        }

        return null;
    }

    private List<FoundToken> Matching(TokenPage page, TokenKind kind, TokenFilter filter)
    {
        Tally.Skip(page.Skipped);
        List<FoundToken> matching = [];
        foreach (var entry in page.Entries)
        {
            if (TokenReader.Read(entry, kind, settings) is { } token)
            {
                Tally.Add(token, filter);
                if (filter.Matches(token))
                {
                    matching.Add(token);
                }
            }
        }

        return matching;
    }

    /// <summary>The progress of one kind out of several, as a part of the whole.</summary>
    private sealed class PartialProgress(IScanProgress whole, int place, int count) : IScanProgress
    {
        public string? Stop => whole.Stop;

        public void Report(long done, long? of, string says = "") =>
            whole.Report(of is { } all ? ((place * all) + done) / count : done, of, says);
    }
}
