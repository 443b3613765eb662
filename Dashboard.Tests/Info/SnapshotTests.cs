namespace Dashboard.Info;

/// <summary>The facts read from the answers of real servers.</summary>
public class SnapshotTests
{
    public static TheoryData<string, ExpectedFacts> Recordings => new()
    {
        { "redis-7.0.15-cable", new("Redis", "7.0.15", "noeviction", 0.0019) { Clients = 4, Channels = 7 } },
        { "redis-7.0.15-cache",
            new("Redis", "7.0.15", "allkeys-lru", 0.9964) { Hits = 10_193, Misses = 9_807, Evicted = 18_630, Keys = 21_420,
                Expires = 21_370 } },
        { "redis-7.0.15-fresh", new("Redis", "7.0.15", "noeviction", null) },
        { "redis-7.0.15-full-noeviction", new("Redis", "7.0.15", "noeviction", 1.0005) { Oom = 5_174, Keys = 3_826 } },
        { "redis-7.0.15-replica", new("Redis", "7.0.15", "noeviction", null) { Role = "slave", LinkUp = false } },
        { "redis-7.0.15-session",
            new("Redis", "7.0.15", "noeviction", 0.0054) { Replicas = 1, AofSize = 767_657, AofEnabled = true, Keys = 5_037,
                Expires = 5_000 } },
        { "valkey-8.0.1-cable", new("Valkey", "8.0.1", "noeviction", 0.0018) { Clients = 4, Channels = 7, PubSubClients = 3 } },
        { "valkey-8.0.1-cache",
            new("Valkey", "8.0.1", "allkeys-lru", 0.9914) { Hits = 10_264, Misses = 9_736, Evicted = 17_748, PubSubClients = 0,
                Keys = 22_302, Expires = 22_252 } },
        { "valkey-8.0.1-fresh", new("Valkey", "8.0.1", "noeviction", null) { PubSubClients = 0 } },
        { "valkey-8.0.1-full-noeviction", new("Valkey", "8.0.1", "noeviction", 0.9941) { PubSubClients = 0, Oom = 5_214, Keys = 3_786 } },
        { "valkey-8.0.1-replica", new("Valkey", "8.0.1", "noeviction", null) { Role = "slave", LinkUp = false, PubSubClients = 0 } },
        { "valkey-8.0.1-session",
            new("Valkey", "8.0.1", "noeviction", 0.0054) { Replicas = 1, AofSize = 767_657, AofEnabled = true, PubSubClients = 0,
                Keys = 5_037, Expires = 5_000 } },
    };

    [Theory, MemberData(nameof(Recordings))]
    public void Snapshot_OfARecordedServer_HoldsItsFacts(string recording, ExpectedFacts expected)
    {
        var facts = Recorded.Snapshot(recording);

        Assert.Equal(
            expected,
            new ExpectedFacts(
                facts.Server.Product, facts.Server.Version, facts.Memory.EvictionPolicy,
                facts.Memory.Fill is { } fill ? Math.Round(fill, 4) : null)
            {
                AofEnabled = facts.Persistence.AofEnabled, AofSize = facts.Persistence.AofSize,
                Role = facts.Replication.Role, LinkUp = facts.Replication.LinkUp, Replicas = facts.Replication.Replicas,
                Clients = facts.Clients.Connected, PubSubClients = facts.Clients.PubSub, Channels = facts.Stats.PubSubChannels,
                Hits = facts.Stats.Hits, Misses = facts.Stats.Misses, Evicted = facts.Stats.Evicted, Oom = facts.Errors.Count("OOM"),
                Keys = facts.Keyspace.Keys, Expires = facts.Keyspace.Expires,
            });
    }

    [Fact]
    public void Recordings_AreAllCovered()
    {
        Assert.Equal(Recorded.Names, Recordings.Select(row => row.Data.Item1));
    }

    [Theory, MemberData(nameof(Recorded.Each), MemberType = typeof(Recorded))]
    public void Snapshot_OfARecordedServer_IdentifiesItsProcess(string recording)
    {
        var facts = Recorded.Snapshot(recording);

        Assert.Equal(40, facts.Server.RunId?.Length);
        Assert.Equal(40, facts.Replication.ReplId?.Length);
        Assert.InRange(facts.Server.Uptime!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Equal("standalone", facts.Server.Mode);
    }

    [Fact]
    public void Snapshot_OfEmptyText_KnowsNothing()
    {
        var facts = Snapshot.Parse("");

        Assert.Equal(new ServerFacts(ServerFacts.Unnamed, null, null, null, null), facts.Server);
        Assert.Equal(new ClientFacts(null, null, null, null, null, null), facts.Clients);
        Assert.Null(facts.Memory.Fill);
        Assert.Null(facts.Keyspace.Keys);
        Assert.Null(facts.Errors.Count("OOM"));
        Assert.Null(facts.Cpu.All);
    }

    /// <summary>The facts of a recording; the defaults are what most of them share.</summary>
    public sealed record ExpectedFacts(string Product, string? Version, string? EvictionPolicy, double? Fill)
    {
        public bool? AofEnabled { get; init; } = false;
        public long? AofSize { get; init; }
        public string? Role { get; init; } = "master";
        public bool? LinkUp { get; init; }
        public long? Replicas { get; init; } = 0;
        public long? Clients { get; init; } = 1;
        public long? PubSubClients { get; init; }
        public long? Channels { get; init; } = 0;
        public long? Hits { get; init; } = 0;
        public long? Misses { get; init; } = 0;
        public long? Evicted { get; init; } = 0;
        public long? Oom { get; init; } = 0;
        public long? Keys { get; init; } = 0;
        public long? Expires { get; init; } = 0;
    }
}
