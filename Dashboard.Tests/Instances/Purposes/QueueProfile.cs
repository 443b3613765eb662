namespace Dashboard.Instances.Purposes;

/// <summary>A purpose that the console does not know: job queues, which must neither evict nor lose jobs.</summary>
internal sealed class QueueProfile : PurposeProfile
{
    private const string WritesFail = "No job can be queued; those queued are still worked on.";

    public override string Word => "queue";

    public override int Order => 4;

    public override string ServerName => "queue";

    public override string Icon => "M4 6h16M4 12h16M4 18h16";

    public override PurposeContract Contract { get; } = new("noeviction", Persists: true, OwnServer: true);

    public override UserImpact Impact { get; } = new()
    {
        Urgency = 4,
        WhenDown = "No job is queued or worked on.",
        WhenWritesFail = WritesFail,
        WhenDeletesFail = "",
        WhenReplica = WritesFail,
        WhenPolicyIsWrong = "When it is full, it will evict jobs.",
        WhenNotPersisted = "a restart loses every job",
    };

    public override SharingImpact Sharing { get; } = new()
    {
        Fails = "jobs",
        WhenEvicting = "jobs may be evicted like cached pages.",
        RefusedWrites = null,
        WhenPersisting = null,
    };

    public override MemoryProfile Memory { get; } = new()
    {
        Limits = new(Warning: 0.10, Critical: 0.99),
        Trend = MemoryTrend.TimeToFull,
        Remedy = "Start more workers.",
        RemedyWithoutEviction = "Start more workers.",
    };

    public override HealthSentences Healthy { get; } = new()
    {
        Usual = "Jobs are queued and worked on.",
        WhenFull = null,
        ByListeners = null,
        WhenPersistenceUnverified = null,
    };

    public override KeyFigureSet Figures { get; } = new(
        new("keys", FigureSource.Latest, "jobs"),
        new("commands", FigureSource.Rate),
        new("changes", FigureSource.Rate),
        new("blocked_clients", FigureSource.Latest, "idle workers"),
        new("round_trip", FigureSource.Rate));

    public override IReadOnlyList<ChartGroupProfile> Charts { get; } = [ChartGroupProfile.Traffic(), new("Jobs", "keys", "writes")];

    public override IReadOnlyList<string> OverviewCharts { get; } = ["keys"];

    public override SubscriberChannels? Subscribers => null;

    public override bool ReadsPersistenceSettings => true;

    public override bool HoldsTokens => false;

    public override string FlushRefusal => "Never: it would drop every job. Remove single jobs with the workers' own tools.";
}
