using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

public class ForeignKeysTests
{
    private const string Raw = "uX3kk9aLq0Zb2mN5v7Qw8RtYh1Jc4Ds6Fg_Ae-Bz0To";
    private const string Hex64 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Hex32 = "0123456789abcdef0123456789abcdef";

    private static readonly Instance Cache = new(InstanceId.Parse("cache")!.Value, Purpose.Cache, new("127.0.0.1", 6379));

    [Theory]
    [InlineData("token:" + Raw, ForeignKind.AccessToken, "urlsafe_base64(32)")]
    [InlineData("shop:token:" + Raw, ForeignKind.AccessToken, "after a namespace")]
    [InlineData("token:" + Hex64, ForeignKind.AccessToken, "a digest of one")]
    [InlineData("token:6f1c0e9a-5f0e-4f6b-9f57-0d6a5b8c1d2e", ForeignKind.AccessToken, "a UUID")]
    [InlineData("token:eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2ln", ForeignKind.AccessToken, "a JWT")]
    [InlineData("token:dGhpcyBpcyBwYWRkZWQxMjM0NQ==", ForeignKind.AccessToken, "padded")]
    [InlineData("a:b:token:" + Raw, null, "deep inside another name")]
    [InlineData("token:" + Raw + ":views", null, "something about a token")]
    [InlineData("token:abc123", null, "too short for one")]
    [InlineData("token:price_list_of_all_products", null, "words")]
    [InlineData("csrf_token:" + Raw, null, "another word")]
    [InlineData("blacklist:6f1c0e9a-5f0e-4f6b-9f57-0d6a5b8c1d2e", ForeignKind.RevokedToken, "a jti")]
    [InlineData("shop:blacklist:" + Hex32, ForeignKind.RevokedToken, "after a namespace")]
    [InlineData("user_tokens:42", ForeignKind.TokenIndex, "a person's tokens")]
    [InlineData("shop:user_tokens:6f1c0e9a", ForeignKind.TokenIndex, "after a namespace")]
    [InlineData("user_tokens:", null, "of nobody")]
    [InlineData("blacklist:192.0.2.7", null, "an address")]
    [InlineData("blacklist:forbidden_countries", null, "words")]
    [InlineData("rack:session:2::" + Hex64, ForeignKind.Session, "redis-rack")]
    [InlineData("rack:session:" + Hex32, ForeignKind.Session, "redis-rack, older")]
    [InlineData("shop:session:2::" + Hex64, ForeignKind.Session, "redis-session-store")]
    [InlineData("2::" + Hex64, ForeignKind.Session, "without a prefix")]
    [InlineData("shop_2::" + Hex64, ForeignKind.Session, "a prefix of another form")]
    [InlineData("shop:Sessions:" + Hex32, ForeignKind.Session, "older, by its namespace")]
    [InlineData("shop:12::" + Hex64, null, "twelve is not two")]
    [InlineData("shop:2::" + Hex32, null, "too short")]
    [InlineData("shop:carts:" + Hex32, null, "any digest")]
    [InlineData("views/sessions/new:" + Hex32, null, "a template's digest")]
    [InlineData("session_report:hash:" + Hex32, null, "a name that was cut short")]
    [InlineData("_session_id:2::" + Hex64, ForeignKind.CachedSession, "CacheStore")]
    [InlineData("shop:_session_id:2::" + Hex64, ForeignKind.CachedSession, "CacheStore in a namespace")]
    [InlineData("_session_id:" + Hex32, ForeignKind.CachedSession, "CacheStore, older")]
    [InlineData("queues", ForeignKind.Sidekiq, "the set of queues")]
    [InlineData("queue:default", ForeignKind.Sidekiq, "a queue")]
    [InlineData("shop:queue:mailers", ForeignKind.Sidekiq, "sidekiq with a namespace")]
    [InlineData("stat:processed", ForeignKind.Sidekiq, "a count")]
    [InlineData("stat:failed:2026-01-31", ForeignKind.Sidekiq, "by day")]
    [InlineData("schedule", ForeignKind.Sidekiq, "jobs for later")]
    [InlineData("bus:schedule", null, "may be an entry")]
    [InlineData("stat:visits", null, "may be an entry")]
    [InlineData("queue:a:b", null, "may be an entry")]
    [InlineData("queues\n", null, "another name")]
    [InlineData("views/products/42", null, "an entry")]
    [InlineData("rack::attack:29384:logins:" + Hex32, null, "a throttle's counter")]
    [InlineData("", null, "nothing")]
    public void Name_RevealsItsKind(string name, object? kind, string because)
    {
        var found = ForeignNames.KindOf(name, KeyPrefixRules.None);

        Assert.True(found == (ForeignKind?)kind, $"{because}: {found}");
    }

    /// <summary>No name makes the search slow: each pattern reads it once.</summary>
    [Theory]
    [InlineData(":")]
    [InlineData("2::")]
    [InlineData("session:")]
    [InlineData("token:a")]
    [InlineData("_session_id:2::0123456789abcdef")]
    public void HugeName_IsFine(string piece)
    {
        Assert.Null(ForeignNames.KindOf(string.Concat(Enumerable.Repeat(piece, 200_000)) + "!", KeyPrefixRules.None));
    }

    [Fact]
    public void Findings_AreOnePerKind()
    {
        var found = ForeignKeys.Of(["dead", "views/1", "token:" + Raw, "queue:low", "token:" + Hex64, "2::" + Hex64], KeyPrefixRules.None);

        Assert.Equal([new(ForeignKind.AccessToken, 2, 6), new(ForeignKind.Session, 1, 6), new(ForeignKind.Sidekiq, 2, 6)], found);
    }

    [Theory]
    [InlineData(
        ForeignKind.AccessToken, 3,
        "In a sample of 1\u202F000 keys 3 look like access tokens (token:…): flushing would sign people and programs out. "
            + "This server is not only a cache. "
            + "Let the program that writes them use the session instance, or flush by a prefix that only the cache uses.")]
    [InlineData(
        ForeignKind.TokenIndex, 2,
        "In a sample of 1\u202F000 keys 2 look like lists of people's access tokens (user_tokens:…): flushing would leave those tokens "
            + "valid when all tokens of a person are revoked. This server is not only a cache. "
            + "Let the program that writes them use the session instance, or flush by a prefix that only the cache uses.")]
    [InlineData(
        ForeignKind.RevokedToken, 1,
        "In a sample of 1\u202F000 keys 1 looks like a revoked token (blacklist:…): flushing would let them be used again. "
            + "This server is not only a cache. "
            + "Let the program that writes them use the session instance, or flush by a prefix that only the cache uses.")]
    [InlineData(
        ForeignKind.Session, 1,
        "In a sample of 1\u202F000 keys 1 looks like a Rails session: flushing would sign people out and discard what they had begun. "
            + "This server is not only a cache. "
            + "Let the program that writes them use the session instance, or flush by a prefix that only the cache uses.")]
    [InlineData(
        ForeignKind.CachedSession, 40,
        "In a sample of 1\u202F000 keys 40 look like Rails sessions kept in Rails.cache (_session_id:…): flushing would sign everyone "
            + "out. Give the application a session store of its own, or flush by a prefix that only the cache uses.")]
    [InlineData(
        ForeignKind.Sidekiq, 2,
        "In a sample of 1\u202F000 keys 2 look like keys of Sidekiq: flushing would lose background jobs for good. "
            + "This server is not only a cache. Give Sidekiq a server of its own, or flush by a prefix that only the cache uses.")]
    public void Finding_SaysWhatToDo(object kind, int seen, string sentence)
    {
        Assert.Equal(sentence, new ForeignFinding((ForeignKind)kind, seen, 1_000).Sentence);
    }

    [Fact]
    public void EveryKind_HasASentence()
    {
        Assert.All(
            Enum.GetValues<ForeignKind>(),
            kind => Assert.EndsWith("prefix that only the cache uses.", new ForeignFinding(kind, 1, 1).Sentence, StringComparison.Ordinal));
    }

    [Fact]
    public void WellKnownNames_AreForeign()
    {
        Assert.All(ForeignKeys.WellKnown, name => Assert.Equal(ForeignKind.Sidekiq, ForeignNames.KindOf(name, KeyPrefixRules.None)));
    }

    [Fact]
    public void WellKnownNamesThatWereFound_AreNamed()
    {
        Assert.Null(ForeignKeys.RefuseWellKnown([]));
        Assert.Null(ForeignKeys.RefuseWellKnown(["views"]));
        Assert.StartsWith("It has a key called dead, as Sidekiq has: ", ForeignKeys.RefuseWellKnown(["dead"]), StringComparison.Ordinal);
        Assert.Equal(
            "It has keys called queues, stat:processed and retry, as Sidekiq has: flushing would lose background jobs for good. "
                + "This server is not only a cache. Give Sidekiq a server of its own, or flush by a prefix that only the cache uses.",
            ForeignKeys.RefuseWellKnown(["retry", "stat:processed", "queues"]));
    }

    [Theory]
    [InlineData("token:", true)]
    [InlineData("token:Z9abc", true)]
    [InlineData("shop:token:", true)]
    [InlineData("queue:default", true)]
    [InlineData("stat:", true)]
    [InlineData("blacklist:6f", true)]
    [InlineData("_session_id:2::", true)]
    [InlineData("schedule", true)]
    [InlineData("views/", false)]
    [InlineData("rack::attack:", false)]
    [InlineData("tokens_of_trade/", false)]
    [InlineData("app:views:", false)]
    public void Prefix_OfForeignKeys_IsRefused_AndNotRepeated(string prefix, bool refused)
    {
        var why = ForeignKeys.RefusePrefix(prefix, Cache);

        Assert.Equal(refused, why is not null);
        Assert.DoesNotContain(prefix, why ?? "", StringComparison.Ordinal);
    }

    /// <summary>The sentence says which names are meant, so it cannot be searched for what was typed.</summary>
    [Theory]
    [InlineData("tok", true)]
    [InlineData("token", true)]
    [InlineData("t", true)]
    [InlineData("que", true)]
    [InlineData("queue", true)]
    [InlineData("queues", true)]
    [InlineData("black", true)]
    [InlineData("user_t", true)]
    [InlineData("user_tokens:42", true)]
    [InlineData("sess", true)]
    [InlineData("session:", true)]
    [InlineData("rack", true)]
    [InlineData("_sess", true)]
    [InlineData("sta", true)]
    [InlineData("proc", true)]
    [InlineData("dea", true)]
    [InlineData("shop:tok", true)]
    [InlineData("shop:token", true)]
    [InlineData("shop:sess", true)]
    [InlineData("shop:user_t", true)]
    [InlineData("shop:", false)]
    [InlineData("shop:t", false)] // the server leaves tokens all the same
    [InlineData("shop:dead", false)] // Sidekiq's own is never in a namespace
    [InlineData("tokenizer:", false)]
    [InlineData("tokens_of_trade", false)]
    [InlineData("queue_times/", false)]
    [InlineData("queuestats", false)]
    [InlineData("blacklisted/", false)]
    [InlineData("users/", false)]
    [InlineData("user_totals", false)]
    [InlineData("sessions/", false)]
    [InlineData("static/", false)]
    [InlineData("stats:", false)]
    [InlineData("processed", false)]
    [InlineData("deadlines/", false)]
    [InlineData("page:2", false)]
    [InlineData("shop:tokenizer:", false)]
    public void Prefix_ThatForeignKeysMayBeginWith_IsRefused(string prefix, bool refused) =>
        Assert.Equal(refused, ForeignKeys.RefusePrefix(prefix, Cache) is not null);
}
