using Dashboard.Instances;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Demo;

/// <summary>The configuration of the demo's servers.</summary>
public sealed class DemoServerPlanTests
{
    [Theory]
    [InlineData(false, 24, 16, 16)]
    [InlineData(true, 1024, 512, 512)]
    public void Trio_Sizes_AreSmallUnlessAskedFor(bool fullSize, int cache, int cable, int session) =>
        Assert.Equal([cache, cable, session], DemoServerPlan.Trio(fullSize).Select(plan => (int)(plan.MaxMemory >> 20)));

    [Fact]
    public void Configuration_OfEach_KeepsThePromiseOfItsPurpose() => Assert.All(DemoServerPlan.Trio(fullSize: false), plan =>
    {
        var lines = plan.Configuration(4711, new("secret", "watch-secret", "act-secret", "backplane-secret"), "/somewhere").Split('\n');
        var contract = plan.Purpose.Profile.Contract;

        Assert.Contains($"maxmemory-policy {contract.EvictionPolicy}", lines);
        Assert.Contains($"appendonly {(contract.Persists == true ? "yes" : "no")}", lines);
        Assert.Contains("save \"\"", lines);
        Assert.Contains("bind 127.0.0.1", lines);
        Assert.Contains("requirepass secret", lines);
        Assert.Contains(AclRules.Line(plan.Purpose, ConnectionRole.Watch, "watch-secret"), lines);
        Assert.Contains(AclRules.Line(plan.Purpose, ConnectionRole.Act, "act-secret"), lines);
    });

    [Fact]
    public void Configuration_WithFurtherLines_HasThem() => Assert.Contains(
        "enable-debug-command local",
        (DemoServerPlan.Trio(fullSize: false)[0] with { Further = "enable-debug-command local" }).Configuration(
            4711, new("secret", "watch-secret", "act-secret", "backplane-secret"), "/somewhere").Split('\n'));
}
