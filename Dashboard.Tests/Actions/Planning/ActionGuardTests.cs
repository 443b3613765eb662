using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;
using Dashboard.Valkey;

namespace Dashboard.Actions.Planning;

/// <summary>Every refusal is a sentence that says what to do instead.</summary>
public sealed class ActionGuardTests
{
    private static readonly ProbeAction Mild = new(_ => Task.FromResult(ProbeAction.Well));
    private static readonly ProbeAction Harsh = new(_ => Task.FromResult(ProbeAction.Well), destroys: true);

    private static readonly InstanceState Cache = Healthy(Purpose.Cache);

    private static InstanceState Healthy(Purpose purpose, params (string Name, string? Value)[] changes) =>
        Given.State(purpose, Given.Answered(Given.Recording("valkey-8.0.1", purpose), 0, changes));

    private static ActionPlan Plan(InstanceState state) =>
        new(Guid.NewGuid(), "probe", state.Instance, state.Facts!.Snapshot.Server.RunId!, Given.Start);

    private static string? Execute(
        InstanceState? now = null, ProbeAction? action = null, string phrase = "cache 10.0.0.5:6379", string reason = "deploy",
        double age = 10, InstanceState[]? fleet = null) =>
        ActionGuard.RefuseToExecute(
            action ?? Harsh, Plan(Cache), new(Guid.NewGuid(), phrase, reason), now ?? Cache, fleet ?? [now ?? Cache],
            Given.Start.AddSeconds(age));

    [Fact]
    public void AllConditionsHold_MayBegin()
    {
        Assert.Null(Execute());
        Assert.Null(Execute(phrase: " cache 10.0.0.5:6379 "));
        Assert.Null(Execute(age: 60));
        Assert.Null(Execute(action: Mild, phrase: "", reason: ""));
    }

    /// <summary>
    /// A loopback address may be a tunnel to production, and the name of the environment promises nothing: only the instance's own setting
    /// asks for less.
    /// </summary>
    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("localhost", null, true)]
    [InlineData("::1", "typed", true)]
    [InlineData("10.0.0.5", null, true)]
    [InlineData("10.0.0.5", "click", false)]
    [InlineData("127.0.0.1", "Click", false)]
    public void PhraseIsRequired_UnlessTheInstanceIsConfirmedByAClick(string host, string? confirm, bool asked)
    {
        var url = new UriBuilder("redis", host, 6379).ToString();
        (string,
            string?)[] written =
                [("Environment", "development"), ("Instances:cache:Url", url),
                    .. confirm is null ? Array.Empty<(string, string?)>() : [("Instances:cache:Confirm", confirm)]];
        var instance = Assert.Single(Written.Read(written).Instances);
        var state = new InstanceState(instance, TimeSpan.FromSeconds(1)).After(Given.Healthy("valkey-8.0.1", Purpose.Cache));

        var refused = ActionGuard.RefuseToExecute(Harsh, Plan(state), new(Guid.NewGuid(), "", ""), state, [state], Given.Start);

        Assert.Equal(asked, ActionGuard.RequiresPhrase(Harsh, state, [state]));
        Assert.Equal(
            asked
                ? $"What you typed is not “cache {instance.Address.Endpoint}”. Type exactly that; it names the server that this changes."
                : null, refused);
        Assert.False(ActionGuard.RequiresPhrase(Mild, state, [state]));
    }

    /// <summary>A click on one instance would empty the other: a tunnel, or a second name for the same server.</summary>
    [Theory]
    [InlineData("127.0.0.1", 6380, 0, false, true)] // another address, the same run_id
    [InlineData("127.0.0.1", 6379, 0, true, true)] // the same address, and nothing is known about the other
    [InlineData("127.0.0.1", 6380, 0, true, false)]
    [InlineData("127.0.0.1", 6380, 3, false, false)]
    public void PhraseIsRequired_WhereAnotherInstanceIsTheSameDatabase_AndRequiresOne(
        string host, int port, int database, bool silent, bool asked)
    {
        var mild =
            Cache.Instance with
            {
                Id = InstanceId.Of("cache-dev"),
                Address = new("127.0.0.1", 6379),
                Confirmation = ConfirmationPolicy.Click
            };
        var target = new InstanceState(mild, TimeSpan.FromSeconds(1)).After(Given.Healthy("valkey-8.0.1", Purpose.Cache));
        var other = new InstanceState(Cache.Instance with { Address = new(host, port) { Database = database } }, TimeSpan.FromSeconds(1));
        other = silent ? other : other.After(Given.Healthy("valkey-8.0.1", Purpose.Cache));

        Assert.Equal(asked, ActionGuard.RequiresPhrase(Harsh, target, [target, other]));
    }

    [Fact]
    public void PurposeForbids() =>
        Assert.Equal(
            "cable holds no keys. There is nothing to do.",
            ActionGuard.RefuseToPlan(Mild, Healthy(Purpose.Cable), [Healthy(Purpose.Cable)]));

    [Theory]
    [InlineData(61)]
    [InlineData(-61)] // a clock that was set back
    public void PlanIsOld(double age) =>
        Assert.Equal("The preview is older than 60 s. Open it again, then confirm.", Execute(age: age));

    /// <summary>The process is the same, and it was synchronized from another server.</summary>
    [Fact]
    public void ServerMayHaveOtherKeys()
    {
        var plan = Plan(Cache) with { ReplicationId = Cache.Facts!.Snapshot.Replication.ReplId };
        var other = Healthy(Purpose.Cache, ("master_replid", new string('b', 40)));

        Assert.Null(Execute(Cache, plan));
        Assert.Equal(
            "10.0.0.5:6379 may have other keys than in the preview: it was synchronized from another server in between, or its "
                + "replication began or ended. Open the preview again.",
            Execute(other, plan));
        Assert.Null(Execute(other, plan with { ReplicationId = null }));

        static string? Execute(InstanceState now, ActionPlan plan) => ActionGuard.RefuseToExecute(
            Mild, plan, new(Guid.NewGuid(), "", ""), now, [now], Given.Start.AddSeconds(10));
    }

    [Fact]
    public void ServerWasRestarted() => Assert.Equal(
        "10.0.0.5:6379 was restarted, or another server answers there, since the preview was made. Open it again.",
        Execute(Healthy(Purpose.Cache, ("run_id", new string('f', 40)))));

    [Fact]
    public void ServerLoads() => Assert.Equal(
        "The server is still loading its data and accepts no changes. Wait until its card shows that loading is done.",
        Execute(Healthy(Purpose.Cache, ("loading", "1"))));

    [Fact]
    public void InstanceIsAnotherServerNow()
    {
        var moved =
            new InstanceState(Cache.Instance with { Address = new("10.0.0.6", 6379) }, TimeSpan.FromSeconds(1)).After(
                Given.Healthy("valkey-8.0.1", Purpose.Cache));

        Assert.Equal("cache is now another server than in the preview. Open the preview again.", Execute(moved));
    }

    [Theory]
    [InlineData("", "What you typed is not “cache 10.0.0.5:6379”. Type exactly that; it names the server that this changes.")]
    [InlineData(
        "Cache 10.0.0.5:6379", "What you typed is not “cache 10.0.0.5:6379”. Type exactly that; it names the server that this changes.")]
    [InlineData(
        "session 10.0.0.5:6379", "What you typed is not “cache 10.0.0.5:6379”. Type exactly that; it names the server that this changes.")]
    public void PhraseDiffers(string phrase, string sentence) => Assert.Equal(sentence, Execute(phrase: phrase));

    [Theory]
    [InlineData(" ", "Give the reason in a few words: people who read the audit log later will need it.")]
    [InlineData(null, "The reason is longer than 500 characters. Shorten it.")]
    public void ReasonIsMissing_OrTooLong(string? reason, string sentence) =>
        Assert.Equal(sentence, Execute(reason: reason ?? new string('x', 501)));

    [Fact]
    public void ReplicaOrUnknownRole_IsRefused()
    {
        Assert.Equal(
            "10.0.0.5:6379 is a replica and accepts no changes. Name the primary in the settings.",
            Execute(Healthy(Purpose.Cache, ("role", "slave"))));
        Assert.Equal(
            "10.0.0.5:6379 does not report whether it is a primary, "
                + "so nothing is done to it.", Execute(Healthy(Purpose.Cache, ("role", null))));
    }

    [Fact]
    public void RunIdIsUnknown() => Assert.Equal(
        "10.0.0.5:6379 does not report its run_id, so it could not be distinguished from another server. Nothing is done to it.",
        Execute(Healthy(Purpose.Cache, ("run_id", null))));

    [Fact]
    public void NotAnswering()
    {
        const string Sentence = "cache does not answer now, so its state is unknown. Fix that first; its card says what is wrong.";

        Assert.Equal(Sentence, Execute(Cache.After(Given.Failed(FaultKind.Hung, 1))));
        Assert.Equal(Sentence, Execute(Given.State(Purpose.Cache)));
    }

    [Fact]
    public void SharedServer_ByRunIdOrReplication_IsRefused()
    {
        var runId = Cache.Facts!.Snapshot.Server.RunId;
        var replId = Cache.Facts.Snapshot.Replication.ReplId;

        Assert.StartsWith(
            "cache and session are one server (run_id ", Execute(fleet: [Cache, Healthy(Purpose.Session, ("run_id", runId))]),
            StringComparison.Ordinal);
        var replica = Execute(fleet: [Cache, Healthy(Purpose.Session, ("master_replid", replId))]);
        Assert.Equal(
            "cache and session hold the same data: one is a replica of the other. A change to cache would also change the others. Give "
                + "each purpose a server of its own; compose.yaml shows the three.",
            replica);
    }
}
