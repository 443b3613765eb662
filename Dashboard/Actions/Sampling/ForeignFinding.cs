using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>Keys of one kind that do not belong in a cache.</summary>
/// <param name="Seen">How many of them there are among the keys that were checked.</param>
/// <param name="Checked">How many keys were checked.</param>
/// <param name="Among">Which of all keys were checked.</param>
internal sealed record ForeignFinding(ForeignKind Kind, long Seen, long Checked, CheckedKeys Among = CheckedKeys.Sample)
{
    /// <summary>What to do where Sidekiq shares the server.</summary>
    public const string MoveSidekiq = "This server is not only a cache. "
        + "Give Sidekiq a server of its own, or flush by a prefix that only the cache uses.";

    private const string MoveTokens = "This server is not only a cache. Let the program that writes them use the session instance, or "
        + "flush by a prefix that only the cache uses.";

    /// <summary>Why nothing is flushed, and what to do instead; without a key's name.</summary>
    public string Sentence => $"{Base} {CountText.Text(Seen)} {What}. {Instead}";

    /// <summary>What was found, in short, e.g. <c>3 look like Rails sessions</c>.</summary>
    public string Summary => $"{CountText.Text(Seen)} {Likeness}";

    private string Base => Among switch
    {
        CheckedKeys.Sample => $"In a sample of {CountText.Keys(Checked)}",
        CheckedKeys.FirstPart => $"Of the {CountText.Keys(Checked)} checked so far",
        _ => $"Of all {CountText.Keys(Checked)}",
    };

    private string What => $"{Likeness}: {Consequence}";

    private string Likeness => Kind switch
    {
        ForeignKind.AccessToken => $"{Like("an access token", "access tokens")} (token:…)",
        ForeignKind.TokenIndex => $"{Like("the list of a person's access tokens", "lists of people's access tokens")} (user_tokens:…)",
        ForeignKind.RevokedToken => $"{Like("a revoked token", "revoked tokens")} (blacklist:…)",
        ForeignKind.Session => Like("a Rails session", "Rails sessions"),
        ForeignKind.CachedSession => $"{Like("a Rails session", "Rails sessions")} kept in Rails.cache (_session_id:…)",
        ForeignKind.Sidekiq => Like("a key of Sidekiq", "keys of Sidekiq"),
        ForeignKind.Declared => $"{(Seen == 1 ? "begins" : "begin")} as ForeignKeyPrefixes says",
        _ => throw new InvalidOperationException($"{Kind} has no words."),
    };

    private string Consequence => Kind switch
    {
        ForeignKind.AccessToken => "flushing would sign people and programs out",
        ForeignKind.TokenIndex => "flushing would leave those tokens valid when all tokens of a person are revoked",
        ForeignKind.RevokedToken => "flushing would let them be used again",
        ForeignKind.Session => "flushing would sign people out and discard what they had begun",
        ForeignKind.CachedSession => "flushing would sign everyone out",
        ForeignKind.Sidekiq => "flushing would lose background jobs for good",
        ForeignKind.Declared => "the settings declare that they do not belong in the cache",
        _ => throw new InvalidOperationException($"{Kind} has no words."),
    };

    private string Instead => Kind switch
    {
        ForeignKind.CachedSession => "Give the application a session store of its own, or flush by a prefix that only the cache uses.",
        ForeignKind.Sidekiq => MoveSidekiq,
        ForeignKind.Declared => "Change the setting, or flush by a prefix that only the cache uses.",
        _ => MoveTokens,
    };

    private string Like(string one, string many) => Seen == 1 ? $"looks like {one}" : $"look like {many}";
}
