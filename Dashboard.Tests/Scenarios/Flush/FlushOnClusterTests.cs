using Dashboard.Actions.Flush;
using Dashboard.Audit.Events;

namespace Dashboard.Scenarios.Flush;

/// <summary>A server that is a whole cluster on its own: its databases cannot be exchanged, and its keys are in many slots.</summary>
[Trait("Needs", "Server")]
public sealed class FlushOnClusterTests(ClusterServer cluster) : IClassFixture<ClusterServer>
{
    [Fact]
    public async Task Cluster_IsFlushedForGood_AndThePlanSaysWhy()
    {
        var server = await cluster.FilledAsync(whole: true);
        await using var flush = await OpenFlush.OverAsync(server);

        var plan = await flush.PlanAsync();
        var flushed = await flush.ConfirmAsync(plan);

        Assert.Null(plan.PayloadAs<FlushPayload>().Spare);
        Assert.EndsWith(
            "for good. There is no Undo: the server is part of a cluster, which cannot exchange databases.", plan.Effects[0],
            StringComparison.Ordinal);
        Assert.Equal((AuditResult.Done, 300, 0), (flushed.Result, flushed.Counts["flushed"], (long)await server.CallAsync("DBSIZE")));
    }

    [Fact]
    public async Task Cluster_Prefix_RemovesItsKeys_FromEverySlot()
    {
        var server = await cluster.FilledAsync(whole: true);
        await using var flush = await OpenFlush.OverAsync(server);

        var removed = await flush.ConfirmAsync(await flush.PlanAsync("cache.flush-prefix", "page:1"));

        Assert.Equal((AuditResult.Done, 111, 189), (removed.Result, removed.Counts["removed"], (long)await server.CallAsync("DBSIZE")));
    }

    [Fact]
    public async Task PartOfACluster_IsNotFlushed_AndSaysWhatToDo()
    {
        var server = await cluster.FilledAsync(whole: false);
        await using var flush = await OpenFlush.OverAsync(server);

        Assert.Equal(
            "The server holds only a part of a cluster's keys, and the console acts only on whole caches. "
                + "Copy, once for each primary of the cluster: valkey-cli FLUSHDB ASYNC.",
            await flush.RefusedAsync());
    }
}
