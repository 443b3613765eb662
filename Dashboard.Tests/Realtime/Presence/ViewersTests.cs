using Dashboard.Instances;

namespace Dashboard.Realtime.Presence;

public sealed class ViewersTests
{
    private static readonly InstanceId Cache = InstanceId.Of("cache");

    private readonly Viewers _viewers = new();

    [Fact]
    public void OthersAt_NamesEachPersonOnce_AndTheirDialogFirst()
    {
        _viewers.Enter(new("mia", Cache, null));
        _viewers.Enter(new("mia", Cache, null));
        _viewers.Enter(new("ben", Cache, null));
        _viewers.Enter(new("ben", Cache, "flush the cache"));
        _viewers.Enter(new("eve", InstanceId.Of("cable"), null));
        _viewers.SetElsewhere([new("kim", Cache, null), new("mia", Cache, null)]);

        Assert.Equal(
            [("ben", "flush the cache"), ("kim", null)],
            _viewers.OthersAt(Cache, "mia").Select(one => (one.Person, one.Acting)));
    }

    /// <summary>One of two tabs was closed.</summary>
    [Fact]
    public void Leaving_EndsOnePage_AndOnlyOnce()
    {
        var first = _viewers.Enter(new("mia", Cache, null));
        var second = _viewers.Enter(new("mia", Cache, null));

        first.Dispose();
        first.Dispose();
        Assert.Single(_viewers.OthersAt(Cache, "ben"));
        second.Dispose();

        Assert.Empty(_viewers.OthersAt(Cache, "ben"));
        Assert.Empty(_viewers.Here);
    }

    [Fact]
    public void Changed_IsRaised_OnlyWhereSomethingChanged()
    {
        var raised = 0;
        _viewers.Changed += () => raised++;

        _viewers.Enter(new("mia", Cache, null)).Dispose();
        _viewers.SetElsewhere([]);
        Assert.Equal(2, raised);
        _viewers.SetElsewhere([new("kim", Cache, null)]);
        _viewers.SetElsewhere([new("kim", Cache, null)]);

        Assert.Equal(3, raised);
    }
}
