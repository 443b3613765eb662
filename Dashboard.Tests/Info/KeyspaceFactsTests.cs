namespace Dashboard.Info;

/// <summary>Keys by database: an empty section means no keys, an absent or odd one means unknown.</summary>
public class KeyspaceFactsTests
{
    [Theory]
    [InlineData("# Keyspace\n", 0L, 0L, "no database holds keys")]
    [InlineData("# Memory\nused_memory:1", null, null, "the server did not say")]
    [InlineData("# Keyspace\ndb0:keys=5037,expires=5000,avg_ttl=1", 5037L, 37L, "one database")]
    [InlineData("# Keyspace\ndb0:keys=10,expires=4\ndb3:keys=5,expires=5", 15L, 6L, "several are added")]
    [InlineData("# Keyspace\ndb0:keys=10,avg_ttl=3", 10L, null, "expires not said: keys known, those without TTL not")]
    [InlineData(
        "# Keyspace\ndb0:keys=10,expires=4\ndb1:keys=odd,expires=5", null, null, "one unreadable database: the sum would be too small")]
    [InlineData("# Keyspace\ndb0:keys=10,expires=99", 10L, 0L, "never more with TTL than there are")]
    [InlineData(
        "# Keyspace\ndb0:keys=9223372036854775807,expires=1\ndb1:keys=9223372036854775807,expires=1", null, null,
        "not believed, so nothing overflows")]
    [InlineData("# Keyspace\nsomething_new:keys=10\ndb0:keys=2,expires=2", 2L, 0L, "lines of another kind do not count")]
    [InlineData("# Keyspace\ndb0:keys=2,expires=2,avg_ttl=1,subexpiry=1,keys_with_volatile_items=7", 2L, 0L, "newer servers say more")]
    public void Keys_OfAKeyspace(string info, long? keys, long? withoutTtl, string reason)
    {
        var facts = Snapshot.Parse(info).Keyspace;

        Assert.True(facts.Keys == keys && facts.WithoutTtl == withoutTtl, $"{reason}: {facts.Keys}, {facts.WithoutTtl}");
    }
}
