using System.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>Takes revoked tokens out of the sets that list a user's tokens. A set that is not cleaned lists tokens that do not exist.</summary>
internal static class TokenIndexCleaning
{
    /// <summary>The number of members of one step: a token, its digest and its key for each of 200.</summary>
    private const int MaxMembers = 600;

    /// <returns>What was not cleaned, as a sentence; null when all was, and where no kind has such a set.</returns>
    public static async Task<string?> CleanAsync(
        IServerActor server, ServerPrecondition precondition, IReadOnlyList<FoundToken> tokens, CancellationToken cancel)
    {
        var failed = 0;
        foreach (var set in tokens.Where(token => token.Kind.Index is not null && token.User is not null)
            .GroupBy(token => (token.Kind, token.User)))
        {
            var index = set.Key.Kind.Index!.Fill(Encoding.UTF8.GetBytes(set.Key.User!), default);
            foreach (var members in set.SelectMany(MembersOf).Chunk(MaxMembers))
            {
                var reply = await server.CleanIndexAsync(precondition, index, members, cancel);
                failed += reply.Fault is null && reply.Value!.Failed is null ? 0 : 1;
            }
        }

        return failed == 0 ? null : "Not all sets that list a user's tokens were cleaned: they name tokens that do not exist any more.";
    }

    private static IEnumerable<byte[]> MembersOf(FoundToken token)
    {
        yield return token.Key.Bytes.ToArray();
        if (token.Kind.Pattern.Match(token.Key.Bytes.Span, out _, out var inKey))
        {
            foreach (var member in (byte[][])[inKey.ToArray(), .. token.Digest is { } digest ? (byte[][])[Encoding.ASCII.GetBytes(digest.Hex)] : []])
            {
                yield return member;
            }
        }
    }
}
