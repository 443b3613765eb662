namespace Dashboard.Instances.Purposes;

/// <summary>Access tokens.</summary>
internal sealed class SessionProfile : PurposeProfile
{
    private const string WritesFail = "New sign-ins fail; existing sessions can still be read.";

    private const string RaiseMemory = "Raise maxmemory (CONFIG SET maxmemory, then compose.yaml). Revoking and expiring still work.";

    public override string Word => "session";

    public override int Order => 2;

    public override string ServerName => "session";

    public override string Icon => "M8 18a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM11 11l8-8M16 6l3 3";

    public override PurposeContract Contract { get; } = new("noeviction", Persists: true, OwnServer: true);

    public override UserImpact Impact { get; } = new()
    {
        Urgency = 0,
        WhenDown = "Sign-ins fail and signed-in users cannot be recognised.",
        WhenWritesFail = WritesFail,
        WhenDeletesFail = " Deleting fails too, so no token can be revoked.",
        WhenReplica = WritesFail,
        WhenPolicyIsWrong =
            "When it is full, it will evict keys instead of refusing writes: users are signed out at random.",
        WhenNotPersisted = "a restart signs every user out",
    };

    public override SharingImpact Sharing { get; } = new()
    {
        Fails = "sign-ins",
        WhenEvicting = "tokens may be evicted like cached pages.",
        RefusedWrites = "the tokens' writes as well",
        WhenPersisting = null,
    };

    public override MemoryProfile Memory { get; } = new()
    {
        Limits = new(Warning: 0.80, Critical: 0.90),
        Trend = MemoryTrend.TimeToFull,
        Remedy = RaiseMemory,
        RemedyWithoutEviction = RaiseMemory,
    };

    public override HealthSentences Healthy { get; } = new()
    {
        Usual = "Sign-ins work and survive a restart.",
        WhenFull = null,
        ByListeners = null,
        WhenPersistenceUnverified = "Sign-ins work; whether they survive a restart is not verified.",
    };

    public override KeyFigureSet Figures { get; } = new(
        new("keys", FigureSource.Latest),
        new("keys_without_ttl", FigureSource.Latest, "without TTL"),
        new("changes", FigureSource.Rate),
        new("aof_size", FigureSource.AppendOnlyFile, "append-only file"),
        new("round_trip", FigureSource.Rate));

    public override IReadOnlyList<ChartGroupProfile> Charts { get; } =
    [
        ChartGroupProfile.Traffic("hit-rate"), ChartGroupProfile.Memory, ChartGroupProfile.Keys, ChartGroupProfile.Clients(),
        ChartGroupProfile.Persistence,
    ];

    public override IReadOnlyList<string> OverviewCharts => [];

    public override SubscriberChannels? Subscribers => null;

    public override bool ReadsPersistenceSettings => true;

    public override bool HoldsTokens => true;

    public override string FlushRefusal =>
        "Never: it would sign everyone out at once. To cut off one person or one stolen token, revoke tokens.";
}
