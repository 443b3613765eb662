using Dashboard.Instances;
using Dashboard.Instances.Purposes;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>Which cable is asked, and what is said where there is none.</summary>
public sealed class SocketTargetTests
{
    private static readonly Instance Cache = Given.Instance(Purpose.Cache);
    private static readonly Instance Cable = Given.Instance(Purpose.Cable);
    private static readonly Instance Second = Given.Instance(Purpose.Cable, "cable-2");

    [Fact]
    public void OnlyCable_IsTaken() =>
        Assert.Equal(new(Cable, null), SocketTarget.Of(GivenSockets.Settings(), [Cache, Cable]));

    [Fact]
    public void SeveralCables_TheNamedOneIsTaken() =>
        Assert.Equal(new(Second, null), SocketTarget.Of(GivenSockets.Settings() with { Instance = Second.Id }, [Cable, Second]));

    [Fact]
    public void NoApplication_IsNotSetUp() => AssertObstacle(
        SocketState.NotSetUp, "Set Dashboard:Sockets:GlobalIdApp", GivenSockets.Settings(app: ""), Cable);

    [Fact]
    public void SessionRecord_CannotBeFoundByUser() => AssertObstacle(
        SocketState.NotByUser, "are identified by current_session and tenant, and cannot be found by user.",
        GivenSockets.Settings(identifiedBy: "current_session, tenant"), Cable);

    [Fact]
    public void NoCable_IsSaid() => AssertObstacle(
        SocketState.NoCable, "No instance has the purpose cable.", GivenSockets.Settings(), Cache);

    [Fact]
    public void SeveralCables_NoneNamed_IsSaid() => AssertObstacle(
        SocketState.NoCable, "There are several cables: cable and cable-2. Set Dashboard:Sockets:Instance",
        GivenSockets.Settings(), Cable, Second);

    [Fact]
    public void NamedInstance_IsNoCable_IsSaid() => AssertObstacle(
        SocketState.NoCable, "cache is not a cable.", GivenSockets.Settings() with { Instance = Cache.Id }, Cache, Cable);

    private static void AssertObstacle(SocketState state, string sentence, SocketSettings settings, params Instance[] instances)
    {
        var target = SocketTarget.Of(settings, instances);

        Assert.Null(target.Cable);
        Assert.Equal(state, target.Obstacle!.State);
        Assert.Contains(sentence, target.Obstacle.Sentence, StringComparison.Ordinal);
    }
}
