using Dashboard.Info;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A server that answers, but not well: full, loading, busy, out of disk, without its primary.</summary>
[Trait("Needs", "Server")]
public sealed class FullServerTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => Eventually.Cancel;

    [Fact]
    public async Task InfoAsync_NoFreeClientSlot_IsMaxClientsButOpenConnectionsStay()
    {
        await using var server = await TestServer.StartAsync();
        await using var inside = WatchingConnection.Over(server);
        await inside.InfoAsync(Cancel);
        await inside.InfoAsync(Cancel);
        await server.CallAsync("CONFIG", "SET", "maxclients", "5");
        using var idleConnections = await IdleConnections.TakeAsync(server, 3);
        await using var outside = WatchingConnection.Over(server, _time);

        var refused = await outside.InfoAsync(Cancel);
        var stillOpen = await inside.InfoAsync(Cancel);
        idleConnections.Dispose();

        Assert.Equal(FaultKind.MaxClients, refused.Fault?.Kind);
        Assert.Null(stillOpen.Fault);
        await Eventually.Async(async () => (await outside.InfoAsync(Cancel)).Fault is null);
    }

    [Fact]
    public async Task InfoAsync_Loading_ReportsItsProgress()
    {
        await using var server = await SlowLoading.StartAsync();
        await using var watch = WatchingConnection.Over(server);

        var first = await Eventually.Async(() => watch.InfoAsync(Cancel), reply => reply.Fault is null);
        var second = await watch.InfoAsync(Cancel);
        var slow = await watch.ConfigAsync("save", Cancel);

        Assert.All([first, second], reply => Assert.Equal("1", InfoReply.Parse(reply.Value!).Text("loading")));
        Assert.NotNull(InfoReply.Parse(second.Value!).Real("loading_loaded_perc"));
        Assert.Equal("", slow.Value);
    }

    [Fact]
    public async Task InfoAsync_BusyScript_IsBusyForConnectedAndNew()
    {
        await using var server = await TestServer.StartAsync();
        await using var connected = WatchingConnection.Over(server, _time);
        await connected.InfoAsync(Cancel);
        await connected.InfoAsync(Cancel);
        await using var newcomer = WatchingConnection.Over(server, _time);
        await using (await BusyScript.StartAsync(server))
        {
            Reply<string>[] polls = [await connected.InfoAsync(Cancel), await newcomer.InfoAsync(Cancel)];

            Assert.All(polls, poll => Assert.Equal(FaultKind.Busy, poll.Fault?.Kind));
        }

        Assert.Null((await connected.InfoAsync(Cancel)).Fault);
        Assert.Null((await newcomer.InfoAsync(Cancel)).Fault);
    }

    /// <summary>Until a script has run for its time limit, the server answers no client, like one that was stopped.</summary>
    [Fact]
    public async Task InfoAsync_ScriptBeforeItsLimit_IsHungThenBusy()
    {
        await using var server = await TestServer.StartAsync();
        await using var watch = WatchingConnection.Over(server.Instance(), _time, Allowed);
        await watch.InfoAsync(Cancel);
        await using var script = await BusyScript.StartAsync(server);
        server.Stop();

        await Deadline.FailsAsync(_time, Allowed, watch, FaultKind.Hung);
        server.Continue();
        var later = await Eventually.Async(() => watch.InfoAsync(Cancel), reply => reply.Fault?.Kind is FaultKind.Busy);

        Assert.True(later.Fault?.Reachable);
    }

    [Fact]
    public async Task InfoAsync_DiskFullAndFreed_AnswersAndReportsItToConnectedAndNew()
    {
        await using var server = await TestServer.OnSmallDiskAsync();
        await using var watch = WatchingConnection.Over(server);
        await watch.InfoAsync(Cancel);

        await SmallDisk.FillAsync(server);
        await using var newcomer = WatchingConnection.Over(server);
        var full = new[] { await WriteStatusAsync(watch), await WriteStatusAsync(newcomer), await WriteStatusAsync(newcomer) };
        SmallDisk.Free(server);

        Assert.Equal(["err", "err", "err"], full);
        Assert.NotEqual(0, await Footprint.ErrorsAsync(server, "MISCONF"));
        await Eventually.Async(() => WriteStatusAsync(watch), status => status == "ok");
    }

    [Fact]
    public async Task InfoAsync_OutOfMemory_AnswersAndReportsItToConnectedAndNew()
    {
        await using var server = await FullMemory.StartAsync();
        await using var watch = WatchingConnection.Over(server);

        var first = await watch.InfoAsync(Cancel);
        var second = await watch.InfoAsync(Cancel);

        Assert.All([first, second], reply => Assert.Equal("count=1", InfoReply.Parse(reply.Value!).Text("errorstat_OOM")));
    }

    [Fact]
    public async Task InfoAsync_ReplicaWithoutItsPrimary_AnswersAndReportsIt()
    {
        await using var server = await TestServer.StartAsync($"replicaof 127.0.0.1 {FreePort.Next()}", "replica-serve-stale-data no");
        await using var watch = WatchingConnection.Over(server);

        var first = await watch.InfoAsync(Cancel);
        var second = await watch.InfoAsync(Cancel);

        Assert.All([first, second], reply => Assert.Equal("down", InfoReply.Parse(reply.Value!).Text("master_link_status")));
    }

    private static async Task<string?> WriteStatusAsync(IServerWatcher watch) =>
        InfoReply.Parse((await watch.InfoAsync(Cancel)).Value ?? "").Text("aof_last_write_status");
}
