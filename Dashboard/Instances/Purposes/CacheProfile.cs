namespace Dashboard.Instances.Purposes;

/// <summary>Rails.cache and Rack::Attack.</summary>
internal sealed class CacheProfile : PurposeProfile
{
    private const string WritesFail =
        "Nothing new is cached and rate limits are not counted; more and more pages come from the database.";

    public override string Word => "cache";

    public override int Order => 0;

    public override string ServerName => "cache";

    public override string Icon => "M13 3L5 14h6l-1 7 8-11h-6z";

    public override PurposeContract Contract { get; } = new("allkeys-lru", Persists: false, OwnServer: true);

    public override UserImpact Impact { get; } = new()
    {
        Urgency = 1,
        WhenDown = "Pages still work but come from the database and are slower; rate limits are not counted.",
        WhenWritesFail = WritesFail,
        WhenDeletesFail = "",
        WhenReplica = WritesFail,
        WhenPolicyIsWrong = "When it is full, writes to the cache fail or the wrong keys are evicted.",
        WhenNotPersisted = null,
    };

    public override SharingImpact Sharing { get; } = new()
    {
        Fails = "cached pages",
        WhenEvicting = null,
        RefusedWrites = null,
        WhenPersisting = "so cache writes wait for the disk",
    };

    public override MemoryProfile Memory { get; } = new()
    {
        Limits = null,
        Trend = MemoryTrend.FullIsNormal,
        Remedy = "maxmemory is smaller than what cannot be evicted (buffers, clients): raise maxmemory, "
            + "or find the clients with large buffers.",
        RemedyWithoutEviction = "Let it evict: CONFIG SET maxmemory-policy allkeys-lru, and the same in compose.yaml.",
    };

    public override HealthSentences Healthy { get; } = new()
    {
        Usual = "Reads are served from memory.",
        WhenFull = "Reads are served from memory. Full is normal here: old keys make room for new ones.",
        ByListeners = null,
        WhenPersistenceUnverified = null,
    };

    public override KeyFigureSet Figures { get; } = new(
        new("hit_rate", FigureSource.Window),
        new("evicted_keys", FigureSource.Rate),
        new("expired_keys", FigureSource.Rate),
        new("commands", FigureSource.Rate),
        new("round_trip", FigureSource.Rate));

    public override IReadOnlyList<ChartGroupProfile> Charts { get; } =
        [ChartGroupProfile.Traffic("hit-rate"), ChartGroupProfile.Memory, ChartGroupProfile.Keys, ChartGroupProfile.Clients()];

    public override IReadOnlyList<string> OverviewCharts { get; } = ["hit-rate", "removals"];

    public override SubscriberChannels? Subscribers => null;

    public override bool ReadsPersistenceSettings => true;

    public override bool HoldsTokens => false;

    public override string? FlushRefusal => null;
}
