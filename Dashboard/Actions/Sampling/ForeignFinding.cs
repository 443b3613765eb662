using Dashboard.Metrics;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>Keys of one kind in a sample that do not belong in a cache.</summary>
/// <param name="Seen">How many of them are in the sample.</param>
/// <param name="Sampled">How many keys were sampled.</param>
internal sealed record ForeignFinding(ForeignKind Kind, int Seen, int Sampled)
{
    /// <summary>What to do where Sidekiq shares the server.</summary>
    public const string MoveSidekiq = "This server is not only a cache. "
        + "Give Sidekiq a server of its own, or flush by a prefix that only the cache uses.";

    private const string MoveTokens = "This server is not only a cache. Let the program that writes them use the session instance, or "
        + "flush by a prefix that only the cache uses.";

    /// <summary>Why nothing is flushed, and what to do instead; without a key's name.</summary>
    public string Sentence => $"In a sample of {Count(Sampled)} {(Sampled == 1 ? "key" : "keys")} {Count(Seen)} {What}. {Instead}";

    private string What => Kind switch
    {
        ForeignKind.AccessToken => $"{Like("an access token", "access tokens")} (token:…): flushing would sign people and programs out",
        ForeignKind.TokenIndex =>
            $"{Like("the list of a person's access tokens", "lists of people's access tokens")} (user_tokens:…): flushing would leave "
                + "those tokens valid when all tokens of a person are revoked",
        ForeignKind.RevokedToken => $"{Like("a revoked token", "revoked tokens")} (blacklist:…): flushing would let them be used again",
        ForeignKind.Session =>
            $"{Like("a Rails session", "Rails sessions")}: flushing would sign people out and discard what they had begun",
        ForeignKind.CachedSession =>
            $"{Like("a Rails session", "Rails sessions")} kept in Rails.cache (_session_id:…): flushing would sign everyone out",
        ForeignKind.Sidekiq => $"{Like("a key of Sidekiq", "keys of Sidekiq")}: flushing would lose background jobs for good",
        _ => throw new InvalidOperationException($"{Kind} has no sentence."),
    };

    private string Instead => Kind switch
    {
        ForeignKind.CachedSession => "Give the application a session store of its own, or flush by a prefix that only the cache uses.",
        ForeignKind.Sidekiq => MoveSidekiq,
        _ => MoveTokens,
    };

    private string Like(string one, string many) => Seen == 1 ? $"looks like {one}" : $"look like {many}";

    private static string Count(int number) => UnitFormat.Text(Unit.Count, number);
}
