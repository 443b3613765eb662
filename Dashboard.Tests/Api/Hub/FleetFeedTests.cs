using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Api.Hub;

public sealed class FleetFeedTests
{
    private static readonly InstanceState Answering = Given.State(Purpose.Cache, Given.Answered("valkey-8.0.1-cache"));
    private static readonly InstanceState Silent = Given.State(Purpose.Cache);

    private static readonly Finding Memory =
        new("memory-high", Answering.Instance.Id, Severity.Critical, "memory high", "98 % are used.", "Raise maxmemory.");

    private static readonly Dictionary<(InstanceId Instance, string Rule), Finding> Nothing = [];

    /// <summary>A poll that gets no answer knows nothing of memory: whoever is called because of it must not be sent home.</summary>
    [Fact]
    public void Alert_OfAnInstanceThatDoesNotAnswer_GoesOn()
    {
        var before = FleetFeed.Firing(Nothing, new([Answering], [Memory]));
        Assert.Equal(["memory-high"], before.Values.Select(finding => finding.Rule));

        var silent = FleetFeed.Firing(before, new([Silent], [Memory with { Rule = "down" }]));
        Assert.Equal(["down", "memory-high"], silent.Values.Select(finding => finding.Rule).Order());

        Assert.Empty(FleetFeed.Firing(silent, new([Answering], [])));
    }

    [Fact]
    public void Alert_ThatMayBeOverInAMoment_IsNoneYet() =>
        Assert.Empty(FleetFeed.Firing(Nothing, new([Answering], [Memory with { Tentative = true }])));
}
