namespace Dashboard.Instances.Purposes;

/// <summary>ActionCable's pub/sub.</summary>
internal sealed class CableProfile : PurposeProfile
{
    private const string FindWriters =
        "Find what writes keys here: pub/sub needs none. Or raise maxmemory (CONFIG SET maxmemory, then compose.yaml).";

    public override string Word => "cable";

    public override int Order => 1;

    public override string ServerName => "cable";

    public override string Icon => "M4.5 12a7.5 7.5 0 0 1 15 0M8 12a4 4 0 0 1 8 0M12 12v8";

    public override PurposeContract Contract { get; } = new("noeviction", Persists: false, OwnServer: true);

    public override UserImpact Impact { get; } = new()
    {
        Urgency = 2,
        WhenDown = "Live updates have stopped; pages work but must be reloaded.",
        WhenWritesFail = "Broadcasts still reach everyone; only keys cannot be written.",
        WhenDeletesFail = "",
        WhenReplica = "Broadcasts sent here reach only the subscribers of this server.",
        WhenPolicyIsWrong = "When it is full, it will evict keys instead of refusing writes.",
        WhenNotPersisted = null,
    };

    public override SharingImpact Sharing { get; } = new()
    {
        Fails = "live updates",
        WhenEvicting = "what cable keeps may be evicted like cached pages.",
        RefusedWrites = null,
        WhenPersisting = null,
    };

    public override MemoryProfile Memory { get; } = new()
    {
        Limits = new(Warning: 0.70, Critical: 0.85),
        Trend = MemoryTrend.TimeToFull,
        Remedy = FindWriters,
        RemedyWithoutEviction = FindWriters,
    };

    public override HealthSentences Healthy { get; } = new()
    {
        Usual = "Live updates can be sent.",
        WhenFull = null,
        ByListeners = new(
            One: "Live updates reach everyone. One app process is listening.",
            Many: "Live updates reach everyone. {0} app processes are listening."),
        WhenPersistenceUnverified = null,
    };

    public override KeyFigureSet Figures { get; } = new(
        new("identities_online", FigureSource.Counted),
        new("app_processes", FigureSource.Latest),
        new("pubsub_channels", FigureSource.Latest, "subscribed channels"),
        new("output_buffer_disconnections", FigureSource.Occurrences, "dropped slow"),
        new("round_trip", FigureSource.Rate));

    public override IReadOnlyList<ChartGroupProfile> Charts { get; } =
        [ChartGroupProfile.Traffic(), ChartGroupProfile.Memory, ChartGroupProfile.Clients("channels", "listeners", "dropped")];

    public override IReadOnlyList<string> OverviewCharts => [];

    public override SubscriberChannels Subscribers { get; } = new("_action_cable_internal", "*action_cable/*");

    public override bool ReadsPersistenceSettings => true;

    public override bool HoldsTokens => false;

    public override string FlushRefusal =>
        "There is nothing to flush: pub/sub messages are not kept, and channels are not keys. "
        + "To shed load, restart the processes that subscribe.";
}
