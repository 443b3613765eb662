using Dashboard.Changes;
using Dashboard.Instances;

namespace Dashboard.Realtime;

public sealed class ReplicaHintTests
{
    [Fact]
    public void Change_IsTold_AndReadBack()
    {
        var change = new Change(ChangeKind.Run, InstanceId.Of("cache"), "7f");

        Assert.Equal(change, ReplicaHint.Of(new("host-1"), change).Change);
    }

    [Fact]
    public void Test_IsNoChange() => Assert.Null(ReplicaHint.OfTest(new("host-1"), 1).Change);

    /// <summary>What this console cannot tell apart, it reads again as a whole.</summary>
    [Theory]
    [InlineData("Silenced", "cache")]
    [InlineData("7", "cache")]
    [InlineData("999", "cache")]
    [InlineData("Run", "not an instance!")]
    public void UnknownKindOrInstance_MeansEverything(string kind, string instance)
    {
        var change = new ReplicaHint("host-1", kind, instance, null, 0).Change;

        Assert.Equal(new Change(ChangeKind.Everything), change);
    }

    [Fact]
    public void SenderWithoutAName_OrWithALongOne_IsNoConsole()
    {
        Assert.True(ReplicaHint.OfTest(new("host-1"), 1).IsPlausible);
        Assert.False(new ReplicaHint(null!, "Run", null, null, 0).IsPlausible);
        Assert.False(new ReplicaHint(new('x', 1_000), "Run", null, null, 0).IsPlausible);
    }

    [Fact]
    public void TextsOfAnyLength_AreNotKept()
    {
        Assert.Null(new ReplicaHint("host-1", new('x', 1_000), null, null, 0).Change);
        Assert.Null(new ReplicaHint("host-1", "Run", null, new('x', 1_000), 0).Change);
    }
}
