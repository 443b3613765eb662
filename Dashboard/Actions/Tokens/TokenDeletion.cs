using Dashboard.Actions.Scanning;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>
/// Deletes tokens, each step in one command. Keys that are about to expire go alone: a step that met an expired key would write twice, and
/// where the default user is off an append-only file loses such a step at the next restart.
/// </summary>
internal sealed class TokenDeletion(TokenSettings settings, IServerActor server, ServerPrecondition precondition)
{
    /// <summary>A key that expires sooner than this may be gone when the step comes to it.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly List<FoundToken> _unanswered = [];

    /// <summary>What was deleted, by key; each key once.</summary>
    public Dictionary<SecretKey, FoundToken> Deleted { get; } = [];

    /// <summary>Tokens of steps whose answer was lost: whether they were deleted is not known.</summary>
    public IEnumerable<FoundToken> Unanswered => _unanswered.Where(token => !Deleted.ContainsKey(token.Key)).DistinctBy(token => token.Key);

    /// <summary>How many keys were deleted. Counted by the server.</summary>
    public long Count { get; private set; }

    /// <summary>How many changed each time they were read and have a name that can be guessed: they were left.</summary>
    public long Left { get; private set; }

    /// <summary>Deletes tokens by their keys, whatever their values have become.</summary>
    /// <param name="tokens">At most 200.</param>
    /// <returns>How many keys were deleted.</returns>
    public async Task<Reply<PreconditionResult<long>>> ByKeyAsync(IReadOnlyList<FoundToken> tokens, CancellationToken cancel)
    {
        var total = 0L;
        foreach (var kind in tokens.GroupBy(token => token.Kind))
        {
            var latest = await server.ReadTokenKeysAsync(
                precondition, [.. kind.Select(token => token.Key)], TokenReader.FieldsOf(kind.Key), cancel);
            if (Failed(latest) is { } refused)
            {
                return refused;
            }

            var found = latest.Value!.Value!.Entries.ToDictionary(entry => entry.Key);
            // Where the key names the user alone, a new sign-in has another secret under the same key.
            FoundToken[] present =
            [
                .. kind.Where(token => found.TryGetValue(token.Key, out var entry)
                    && (kind.Key.KeyHolds != TokenKeyForm.User || TokenReader.Read(entry, kind.Key, settings)?.Digest == token.Digest)),
            ];
            foreach (var step in Steps(present, token => found[token.Key]))
            {
                var reply = await server.DeleteAsync(precondition, [.. step.Select(token => token.Key)], cancel);
                if (Failed(reply) is { } failed)
                {
                    NoteLost(step, reply.Fault);
                    return failed;
                }

                Note(step, reply.Value!.Value!.Deleted);
                total += reply.Value.Value.Deleted;
            }
        }

        return (PreconditionResult<long>)total;
    }

    /// <summary>
    /// Deletes those tokens that still match. A value that changed since it was read is read and decided again; one that changes at each
    /// request and still matches is deleted by its key, unless that key can be guessed: it may belong to another user meanwhile.
    /// </summary>
    /// <param name="tokens">At most a page.</param>
    /// <param name="most">The largest number to delete.</param>
    /// <returns>How many keys were deleted.</returns>
    public async Task<Reply<PreconditionResult<long>>> WhereMatchingAsync(
        IReadOnlyList<FoundToken> tokens, TokenFilter filter, long most, CancellationToken cancel)
    {
        var (total, pending) = (0L, tokens);
        for (var attempt = 1; pending.Count > 0 && total < most; attempt++)
        {
            var read = await AgainAsync(pending, filter, cancel);
            if (read.Fault is { } fault)
            {
                return fault;
            }

            if (read.Value!.Failed is { } breach)
            {
                return (PreconditionResult<long>)breach;
            }

            FoundToken[] matching = [.. read.Value.Value!.Take((int)Math.Min(int.MaxValue, most - total))];
            if (attempt == MaxAttempts)
            {
                FoundToken[] random = [.. matching.Where(token => token.Digest is not null)];
                Left += matching.Length - random.Length;
                var byKey = await ByKeyAsync(random, cancel);
                return byKey.Fault is null && byKey.Value!.Failed is null ? (PreconditionResult<long>)(total + byKey.Value.Value) : byKey;
            }

            var deleted = await UnchangedAsync(matching, cancel);
            if (deleted.Fault is { } silent)
            {
                return silent;
            }

            if (deleted.Value!.Failed is { } failed)
            {
                return (PreconditionResult<long>)failed;
            }

            (total, pending) = (total + deleted.Value.Value.Count, deleted.Value.Value.Changed);
        }

        return (PreconditionResult<long>)total;
    }

    /// <summary>The number of times that a value is read and compared before its key alone decides.</summary>
    private const int MaxAttempts = 3;

    private async Task<Reply<PreconditionResult<IReadOnlyList<FoundToken>>>> AgainAsync(
        IReadOnlyList<FoundToken> tokens, TokenFilter filter, CancellationToken cancel)
    {
        List<FoundToken> matching = [];
        foreach (var some in tokens.GroupBy(token => token.Kind).SelectMany(kind => kind.Chunk(ScanBudget.MaxPageSize)))
        {
            var reply = await server.ReadTokenKeysAsync(
                precondition, [.. some.Select(token => token.Key)], TokenReader.FieldsOf(some[0].Kind), cancel);
            if (reply.Fault is { } fault)
            {
                return fault;
            }

            if (reply.Value!.Failed is { } failed)
            {
                return (PreconditionResult<IReadOnlyList<FoundToken>>)failed;
            }

            matching.AddRange(reply.Value.Value!.Entries.Select(entry => TokenReader.Read(entry, some[0].Kind, settings))
                .OfType<FoundToken>().Where(filter.Matches));
        }

        return (PreconditionResult<IReadOnlyList<FoundToken>>)matching;
    }

    private async Task<Reply<PreconditionResult<(long Count, List<FoundToken> Changed)>>> UnchangedAsync(
        IReadOnlyList<FoundToken> tokens, CancellationToken cancel)
    {
        var (count, changed) = (0L, new List<FoundToken>());
        foreach (var kind in tokens.GroupBy(token => token.Kind))
        {
            foreach (var step in Steps([.. kind], token => token.Entry))
            {
                // A value that is not read has nothing that could be compared.
                var reply = step.Any(token => !token.Value.IsRead || token.Entry is { Type: "string", Value: null })
                    ? await server.DeleteAsync(precondition, [.. step.Select(token => token.Key)], cancel)
                    : await server.DeleteUnchangedAsync(
                        precondition, [.. step.Select(token => token.Entry)], TokenReader.FieldsOf(kind.Key), cancel);
                if (reply.Fault is { } fault)
                {
                    NoteLost(step, fault);
                    return fault;
                }

                if (reply.Value!.Failed is { } failed)
                {
                    return (PreconditionResult<(long, List<FoundToken>)>)failed;
                }

                var page = reply.Value.Value!;
                changed.AddRange(page.Changed.Select(place => step[place]));
                Note([.. step.Where((_, place) => !page.Changed.Contains(place))], page.Deleted);
                count += page.Deleted;
            }
        }

        return (PreconditionResult<(long, List<FoundToken>)>)(count, changed);
    }

    /// <summary>
    /// The steps in which these are deleted: those about to expire one by one, and apart from those whose value is not read.
    /// </summary>
    private static IEnumerable<FoundToken[]> Steps(IReadOnlyList<FoundToken> tokens, Func<FoundToken, TokenEntry> latest)
    {
        bool IsEnding(FoundToken token) => latest(token).Ttl is >= 0 and var left && left < Margin.TotalMilliseconds;
        var lasting = tokens.Where(token => !IsEnding(token)).ToLookup(token => token.Value.IsRead && token.Entry.Value is not null);
        return
        [
            .. lasting[true].Chunk(ScanBudget.MaxPageSize), .. lasting[false].Chunk(ScanBudget.MaxPageSize),
            .. tokens.Where(IsEnding).Select(token => (FoundToken[])[token]),
        ];
    }

    private void NoteLost(IReadOnlyList<FoundToken> tokens, Fault? fault)
    {
        if (fault?.Kind is FaultKind.Hung or FaultKind.Closed)
        {
            _unanswered.AddRange(tokens.Select(token => token.WithoutValue()));
        }
    }

    private void Note(IReadOnlyList<FoundToken> tokens, long deleted)
    {
        Count += deleted;
        foreach (var token in tokens)
        {
            Deleted[token.Key] = token.WithoutValue();
        }
    }

    private static Reply<PreconditionResult<long>>? Failed<T>(Reply<PreconditionResult<T>> reply) =>
        reply.Fault is { } fault ? (Reply<PreconditionResult<long>>?)(Reply<PreconditionResult<long>>)fault
        : reply.Value!.Failed is { } failed ? (Reply<PreconditionResult<long>>)(PreconditionResult<long>)failed
        : (Reply<PreconditionResult<long>>?)null;
}
