using System.Text;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Text;
using Dashboard.Valkey;
using Dashboard.Valkey.Resp;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>A hostile server on the other end of a real connection.</summary>
[Trait("Slow", "yes")]
public sealed class HostileServerTests : IAsyncDisposable
{
    private readonly HostileServer _server = new() { Info = Healthy };
    private readonly FakeTimeProvider _time = new();
    private readonly IServerWatcher _watch;

    /// <remarks>Of the 4 s, the client library gets three for its greeting, in real time: one of these servers never answers it.</remarks>
    public HostileServerTests() =>
        _watch =
            WatchingConnection.Over(
                new Instance(InstanceId.Of("test"), Purpose.Cable, new InstanceAddress(TestServer.Host, _server.Port)), _time,
                TimeSpan.FromSeconds(4));

    private static byte[] Healthy => Encoding.UTF8.GetBytes(Recorded.Text("valkey-8.0.1-cable"));

    private static CancellationToken Cancel => Eventually.Cancel;

    [Fact]
    public async Task HealthyServer_IsWatchedLikeAnyOther()
    {
        await ConnectAsync();

        Assert.Null((await _watch.InfoAsync(Cancel)).Fault);
        Assert.Equal(1, (await _watch.SubscribersAsync("channel", Cancel)).Value);
    }

    /// <summary>All errors meet one connection, so what one error leaves behind meets the next.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Errors_OfAnyKind_AreHarmlessFaults(bool connected)
    {
        foreach (var name in HostileTexts.AllNames)
        {
            _server.Error = null;
            await (connected ? ConnectAsync() : Task.CompletedTask);
            _server.Error = name;

            var fault = await FaultAsync(() => _watch.InfoAsync(Cancel));

            Assert.NotNull(fault);
            Harmless.Assert(fault.Detail, Fault.MaxDetail);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Info_OfAnyBytes_IsFactsOrAFault(bool connected)
    {
        await (connected ? ConnectAsync() : Task.CompletedTask);
        foreach (var name in HostileTexts.AllNames)
        {
            _server.Info = [.. Healthy, .. "\r\nown:"u8, .. name, .. "\r\n"u8, .. name, .. ":own\r\nmaxmemory_policy:"u8, .. name];

            var reply = await _watch.InfoAsync(Cancel);

            Assert.Null(reply.Fault);
            Assert.Equal("8.0.1", Snapshot.Parse(reply.Value!).Server.Version);
        }
    }

    [Fact]
    public async Task FourMegabytes_AreReadAndBounded()
    {
        _server.Info = Filled(RespClient.MaxValue);

        for (var poll = 0; poll < 3; poll++)
        {
            var facts = Snapshot.Parse((await _watch.InfoAsync(Cancel)).Value!);

            Assert.Equal("8.0.1", facts.Server.Version);
            Assert.True(facts.Info.IsCut);
        }
    }

    [Fact]
    public async Task TenMegabytesAsFirstReply_AreNotValkey()
    {
        _server.Info = Filled(10 << 20);

        Assert.Equal(new Fault(FaultKind.NotValkey, "$10485760"), (await _watch.InfoAsync(Cancel)).Fault);
    }

    /// <summary>The library would read any length; the connection stops it.</summary>
    [Fact]
    public async Task TenMegabytesOnceConnected_EndTheConnection_WhichIsReopened()
    {
        await ConnectAsync();
        _server.Info = Filled(10 << 20);

        var (first, second) = (await _watch.InfoAsync(Cancel), await _watch.InfoAsync(Cancel));

        Assert.All(
            [first, second], reply => Assert.Contains(reply.Fault?.Kind, new FaultKind?[] { FaultKind.Closed, FaultKind.NotValkey }));
        _server.Info = Healthy;
        Assert.Null((await _watch.InfoAsync(Cancel)).Fault);
    }

    [Theory]
    [InlineData("$-1\r\n", 1)]
    [InlineData("$-2\r\n", 1)]
    [InlineData("*-1\r\n", 1)]
    [InlineData("*0\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n$3\r\nabc\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n$-1\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n*1\r\n:1\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n:99999999999999999999\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n$20\r\n99999999999999999999\r\n", 1)]
    [InlineData("*2\r\n$1\r\na\r\n-ERR \u001b[31m\r\n", 1)]
    [InlineData("*2147483647\r\n", 1)]
    [InlineData("*1000000\r\n", 1)]
    [InlineData("$2147483647\r\n", 1)]
    [InlineData(":9\r\n", 1)]
    [InlineData("+\u001b[31m\0\r\n", 1)]
    [InlineData("%1\r\n+a\r\n+b\r\n", 1)]
    [InlineData(">3\r\n+message\r\n+a\r\n+b\r\n", 1)]
    [InlineData("<html>\r\n", 1)]
    [InlineData("\r\n", 1)]
    [InlineData("\0", 1)]
    [InlineData("+OK\r\n", 1000)] // answers without a question
    [InlineData("*1\r\n", 100_000)] // a list in a list in a list
    [InlineData("*1\r\n", 100_000, ":1\r\n")] // with something in it
    public async Task Replies_OfAnyShape_AreAnswersOrFaults_AndPollingRecovers(string reply, int times, string end = "")
    {
        await ConnectAsync();
        _server.Reply = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(reply, times)) + end);

        Assert.All(
            [
                await FaultAsync(() => _watch.SubscribersAsync("channel", Cancel)),
                await FaultAsync(() => _watch.CountChannelsAsync("*", Cancel)),
                await FaultAsync(() => _watch.ConfigAsync("save", Cancel)), await FaultAsync(() => _watch.InfoAsync(Cancel)),
            ],
            fault => Harmless.Assert(fault?.Detail ?? "", Fault.MaxDetail));

        _server.Reply = null;
        await Eventually.Async(() => FaultAsync(() => _watch.InfoAsync(Cancel)), fault => fault is null);
    }

    [Theory]
    [InlineData("$-1\r\n")]
    [InlineData(":-5\r\n")]
    [InlineData("$3\r\nabc\r\n")]
    [InlineData("*0\r\n")]
    public async Task Subscribers_InAnOddReply_AreUnknown(string count)
    {
        await ConnectAsync();
        _server.Reply = Encoding.UTF8.GetBytes($"*2\r\n$7\r\nchannel\r\n{count}");

        Assert.Equal(FaultKind.Other, (await _watch.SubscribersAsync("channel", Cancel)).Fault?.Kind);
    }

    [Fact]
    public async Task ChannelNames_OfMegabytes_AreNotRead_AndPollingContinues()
    {
        await ConnectAsync();
        _server.Channels = [.. Enumerable.Repeat(Filled(1 << 20), 12)];

        var channels = await _watch.CountChannelsAsync("*", Cancel);

        Assert.NotNull(channels.Fault);
        Assert.Null((await _watch.InfoAsync(Cancel)).Fault);
    }

    [Fact]
    public async Task ChannelNames_OfAnyKind_AreCounted()
    {
        await ConnectAsync();
        _server.Channels = [.. HostileTexts.AllNames];

        Assert.Equal(_server.Channels.Count, (await _watch.CountChannelsAsync("*", Cancel)).Value);
    }

    public async ValueTask DisposeAsync()
    {
        await _watch.DisposeAsync();
        await _server.DisposeAsync();
    }

    /// <summary>Polls until the client library sends the queries.</summary>
    private async Task ConnectAsync()
    {
        await _watch.InfoAsync(Cancel);
        await Eventually.Async(() => _watch.SubscribersAsync("channel", Cancel), reply => reply.Fault is null);
    }

    /// <summary>Moves the clock, so a query that waits for the rest of a reply meets its deadline.</summary>
    private async Task<Fault?> FaultAsync<T>(Func<Task<Reply<T>>> ask) => (await Deadline.PassesAsync(_time, ask)).Fault;

    private static byte[] Filled(int length)
    {
        var text = new byte[length];
        text.AsSpan().Fill((byte)'x');
        Healthy.CopyTo(text, 0);
        return text;
    }
}
