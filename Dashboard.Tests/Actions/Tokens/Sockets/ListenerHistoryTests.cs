using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Monitoring;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>What the polls saw of the processes that listen.</summary>
public sealed class ListenerHistoryTests
{
    [Fact]
    public void BeforeAnyPoll_NothingWasSeen() =>
        Assert.Equal(new(false, null), ListenerHistory.Of(new(Given.Instance(Purpose.Cable), TimeSpan.FromSeconds(1))));

    [Fact]
    public void ProcessesThatAreGone_WereSeen() => Assert.Equal(new(true, 3), ListenerHistory.Of(After(1, 3, 2, 0)));

    [Fact]
    public void NoneEver_WasCounted() => Assert.Equal(new(false, 0), ListenerHistory.Of(After(0, 0)));

    private static InstanceState After(params long[] processes) => Given.State(
        Purpose.Cable,
        [.. processes.Select((count, second) => Given.Answered(
            Given.Snapshot("valkey-8.0.1-cable"), second, new SupplementaryFacts(AppProcesses: count)))]);
}
