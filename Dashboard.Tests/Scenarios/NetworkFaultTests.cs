using System.Net;
using System.Net.Sockets;
using System.Text;
using Dashboard.Fakes;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

/// <summary>
/// Addresses without a server that answers: each fault is distinguished, and waits for its deadline only where nothing shows what is wrong.
/// </summary>
public sealed class NetworkFaultTests
{
    private static readonly TimeSpan Allowed = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task InfoAsync_NothingListens_IsRefusedAtOnce()
    {
        var fault = await AskAsync(FreePort.Next());

        Assert.Equal(FaultKind.Refused, fault.Kind);
        Assert.False(fault.Reachable);
    }

    [Fact]
    public async Task InfoAsync_NameDoesNotExist_IsDns()
    {
        var fault = await AskAsync(6379, "no-such-server.invalid");

        Assert.Equal(FaultKind.Dns, fault.Kind);
    }

    [Fact]
    public async Task InfoAsync_ConnectionAttemptGetsNoAnswer_IsUnreachable()
    {
        using var full = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        full.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        full.Listen(0);
        using var taken = new TcpClient();
        await taken.ConnectAsync((IPEndPoint)full.LocalEndPoint!, TestContext.Current.CancellationToken);

        await using var watch = WatchingConnection.Over(InstanceAt(((IPEndPoint)full.LocalEndPoint!).Port), _time, Allowed);

        await Deadline.FailsAsync(_time, Allowed, watch, FaultKind.Unreachable);
    }

    [Fact]
    public async Task InfoAsync_AcceptsAndSaysNothing_IsHung()
    {
        await using var silent = TestListener.Silent();

        await using var watch = WatchingConnection.Over(InstanceAt(silent.Port), _time, Allowed);

        await Deadline.FailsAsync(_time, Allowed, watch, FaultKind.Hung);
    }

    [Fact]
    public async Task InfoAsync_ClosesAtOnce_IsClosed()
    {
        await using var closing = TestListener.ClosingAtOnce();

        var fault = await AskAsync(closing.Port);

        Assert.Equal(FaultKind.Closed, fault.Kind);
    }

    /// <summary>
    /// No deadline passes: the console does not wait for one to learn that a plain server does not answer a TLS greeting.
    /// </summary>
    [Fact]
    public async Task InfoAsync_PlainServerClosesOnce_IsClosedLongBeforeTheDeadline()
    {
        var connections = 0;
        await using var server = new TestListener(async (stream, cancel) =>
        {
            if (Interlocked.Increment(ref connections) > 1)
            {
                var received = new byte[4096];
                await stream.ReadAtLeastAsync(received, 1, cancellationToken: cancel);
                await stream.WriteAsync(received[0] == '*' ? "+PONG\r\n"u8.ToArray() : [], cancel);
                await stream.CopyToAsync(Stream.Null, cancel);
            }
        });
        await using var watch = WatchingConnection.Over(InstanceAt(server.Port), new PatientTime(), Allowed);

        var cancel = TestContext.Current.CancellationToken;
        var reply = await watch.InfoAsync(cancel).WaitAsync(Eventually.Bound, TimeProvider.System, cancel);

        Assert.Equal(new Fault(FaultKind.Closed), reply.Fault);
    }

    [Fact]
    public async Task InfoAsync_ClosesInTheMiddleOfItsReply_ReportsIt()
    {
        await using var cut = TestListener.Answering("$5000\r\n# Server\r\nred"u8.ToArray());

        var fault = await AskAsync(cut.Port);

        Assert.Equal(new Fault(FaultKind.Closed, "in the middle of a reply"), fault);
    }

    [Fact]
    public async Task InfoAsync_FullServerThatClosesUnread_IsMaxClients()
    {
        await using var full = TestListener.Greeting("-ERR max number of clients reached\r\n"u8.ToArray());

        var fault = await AskAsync(full.Port);

        Assert.Equal(FaultKind.MaxClients, fault.Kind);
        Assert.True(fault.Reachable);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", "HTTP/1.1 400 Bad Request")]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n", "SSH-2.0-OpenSSH_9.2p1")]
    [InlineData("\u0001\u0002\u0003", @"\x01\x02\x03")]
    [InlineData("$99999999999\r\n", "$99999999999")]
    [InlineData("$-1\r\n", "$-1")]
    [InlineData(":5\r\n", ":5")]
    public async Task InfoAsync_AnotherKindOfServer_IsNotValkeyAndQuotesIt(string answer, string quoted)
    {
        await using var other = TestListener.Answering(Encoding.Latin1.GetBytes(answer));

        var fault = await AskAsync(other.Port);

        Assert.Equal(new Fault(FaultKind.NotValkey, quoted), fault);
    }

    [Fact]
    public async Task InfoAsync_LineWithoutEnd_IsNotValkey()
    {
        await using var endless = TestListener.Answering(Encoding.ASCII.GetBytes("+" + new string('x', 20_000)));

        var fault = await AskAsync(endless.Port);

        Assert.Equal(FaultKind.NotValkey, fault.Kind);
    }

    [Fact]
    public async Task InfoAsync_CallerCancels_Throws()
    {
        await using var silent = TestListener.Silent();
        await using var watch = WatchingConnection.Over(InstanceAt(silent.Port));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

        var asking = watch.InfoAsync(cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Fact]
    public async Task SubscribersAsync_NotConnected_RepeatsWhyAndDoesNotConnect()
    {
        await using var watch = WatchingConnection.Over(InstanceAt(FreePort.Next()));

        var before = await watch.SubscribersAsync("channel", TestContext.Current.CancellationToken);
        await watch.InfoAsync(TestContext.Current.CancellationToken);
        var after = await watch.SubscribersAsync("channel", TestContext.Current.CancellationToken);

        Assert.Equal(FaultKind.Closed, before.Fault?.Kind);
        Assert.Equal(FaultKind.Refused, after.Fault?.Kind);
    }

    /// <summary>Asks while no time passes, so no deadline ends it.</summary>
    private async Task<Fault> AskAsync(int port, string host = TestServer.Host)
    {
        await using var watch = WatchingConnection.Over(InstanceAt(port, host), _time, Allowed);

        return (await watch.InfoAsync(Eventually.Cancel)).Fault!;
    }

    private static Instance InstanceAt(int port, string host = TestServer.Host) =>
        new(InstanceId.Of("test"), Purpose.Other, new InstanceAddress(host, port));
}
