using Dashboard.Servers;

namespace Dashboard.Scenarios.Flush;

/// <summary>Two servers share a cluster's slots: some versions distinguish an unassigned slot from one of another server.</summary>
[Trait("Needs", "Server")]
public sealed class FlushOnPartialClusterTests
{
    private const int Slots = 16_384;

    [Fact]
    public async Task HalfOfACluster_IsNotFlushed_AndSaysWhatToDo()
    {
        await using var server = await MemberAsync(0, (Slots / 2) - 1);
        await using var other = await MemberAsync(Slots / 2, Slots - 1);
        await other.CallAsync("CLUSTER", "MEET", TestServer.Host, server.Port);
        await Eventually.Async(
            async () => ((string)(await server.CallAsync("CLUSTER", "INFO"))!).Split("\r\n"),
            lines => lines.Contains("cluster_state:ok") && lines.Contains($"cluster_slots_assigned:{Slots}"));
        await server.CallAsync("SET", "page:{3}1", 1);
        await using var flush = await OpenFlush.OverAsync(server);

        Assert.StartsWith(
            "The server holds only a part of a cluster's keys, and the console acts only on whole caches. Copy, ",
            await flush.RefusedAsync(),
            StringComparison.Ordinal);
        Assert.Equal(1, (long)await server.CallAsync("DBSIZE"));
    }

    private static async Task<TestServer> MemberAsync(int first, int last)
    {
        var server = await TestServer.StartAsync(
            "maxmemory 100mb", "maxmemory-policy allkeys-lru", "cluster-enabled yes", "cluster-require-full-coverage no");
        await server.CallAsync("CLUSTER", "ADDSLOTSRANGE", first, last);
        return server;
    }
}
