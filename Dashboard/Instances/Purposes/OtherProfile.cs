namespace Dashboard.Instances.Purposes;

/// <summary>A server without promises.</summary>
internal sealed class OtherProfile : PurposeProfile
{
    private const string WritesFail = "Writes fail; reads work.";

    private const string RaiseMemory = "Raise maxmemory (CONFIG SET maxmemory, then its configuration).";

    public override string Word => "other";

    public override int Order => 3;

    public override string ServerName => "watched";

    public override string Icon => "M4 6h16v5H4zM4 14h16v5H4zM8 8.5h.01M8 16.5h.01";

    public override PurposeContract Contract { get; } = new(null, null, OwnServer: false);

    public override UserImpact Impact { get; } = new()
    {
        Urgency = 3,
        WhenDown = "What depends on it fails.",
        WhenWritesFail = WritesFail,
        WhenDeletesFail = "",
        WhenReplica = WritesFail,
        WhenPolicyIsWrong = null,
        WhenNotPersisted = null,
    };

    public override SharingImpact Sharing { get; } = new()
    {
        Fails = "what depends on it",
        WhenEvicting = null,
        RefusedWrites = null,
        WhenPersisting = null,
    };

    public override MemoryProfile Memory { get; } = new()
    {
        Limits = null,
        Trend = MemoryTrend.Share,
        Remedy = RaiseMemory,
        RemedyWithoutEviction = RaiseMemory,
    };

    public override HealthSentences Healthy { get; } = new()
    {
        Usual = "It answers.",
        WhenFull = null,
        ByListeners = null,
        WhenPersistenceUnverified = null,
    };

    public override KeyFigureSet Figures { get; } = new(
        new("commands", FigureSource.Rate),
        new("keys", FigureSource.Latest),
        new("connected_clients", FigureSource.Latest),
        new("hit_rate", FigureSource.Window),
        new("round_trip", FigureSource.Rate));

    public override IReadOnlyList<ChartGroupProfile> Charts { get; } =
    [
        ChartGroupProfile.Traffic("hit-rate"), ChartGroupProfile.Memory, ChartGroupProfile.Keys, ChartGroupProfile.Clients(),
        ChartGroupProfile.Persistence,
    ];

    public override IReadOnlyList<string> OverviewCharts => [];

    public override SubscriberChannels? Subscribers => null;

    public override bool ReadsPersistenceSettings => false;

    public override bool HoldsTokens => false;

    public override string FlushRefusal =>
        "Only an instance with the purpose cache is ever flushed. If this is one, set its purpose in the settings.";
}
