using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Scenarios;

[Trait("Needs", "Server")]
public sealed class TlsTests : IDisposable
{
    private const string Host = "localhost";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task InfoAsync_TrustedAuthorityAndRightName_Answers()
    {
        var port = FreePort.Next();
        await using var server = await TestServer.StartAsync(_authority.TlsLines(port, Host));
        await using var watch = WatchingConnection.Over(InstanceAt(port, _authority.CaFile));

        var first = await watch.InfoAsync(TestContext.Current.CancellationToken);
        var second = await watch.InfoAsync(TestContext.Current.CancellationToken);
        var slow = await watch.SubscribersAsync("channel", TestContext.Current.CancellationToken);

        Assert.Null(first.Fault);
        Assert.Null(second.Fault);
        Assert.Equal(0, slow.Value);
        Assert.Equal("1", await Footprint.ConnectionsAsync(server));
    }

    [Fact]
    public async Task InfoAsync_UntrustedAuthority_IsTlsAndReportsIt()
    {
        using var another = new TestAuthority();

        var system = await AskAsync(Lines, Host, null);
        var other = await AskAsync(Lines, Host, another.CaFile);

        Assert.Equal(new Fault(FaultKind.Tls, "the certificate is not signed by an authority this machine trusts"), system);
        Assert.Equal(new Fault(FaultKind.Tls, $"the certificate is not signed by the authority in '{another.CaFile}'"), other);
    }

    [Theory]
    [InlineData("session.example", "'session.example'")]
    [InlineData("127.0.0.2", "'127.0.0.2'")]
    public async Task InfoAsync_WrongName_IsTlsAndNamesBoth(string issued, string shown)
    {
        var fault = await AskAsync(Lines, issued, _authority.CaFile);

        Assert.Equal(new Fault(FaultKind.Tls, $"the certificate is for {shown}, not for 'localhost'"), fault);
    }

    [Fact]
    public async Task InfoAsync_CertificateExpired_IsTlsAndSaysWhen()
    {
        var fault =
            await AskAsync(
                (port, host) => _authority.TlsLines(port, host, new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero)), Host,
                _authority.CaFile);

        Assert.Equal(new Fault(FaultKind.Tls, "the certificate is valid only from 1970-01-01 00:00 UTC to 2026-01-02 03:04 UTC"), fault);
    }

    [Fact]
    public async Task InfoAsync_ServerWantsAClientCertificate_IsTls()
    {
        var fault = await AskAsync((port, host) => _authority.TlsLines(port, host, clientCertificates: true), Host, _authority.CaFile);

        Assert.Equal(FaultKind.Tls, fault.Kind);
        Assert.Contains("certificate required", fault.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InfoAsync_PlainServer_IsTlsAndReportsIt()
    {
        await using var server = await TestServer.StartAsync();

        var fault = await AskAsync(server.Port, _authority.CaFile);

        Assert.Equal(new Fault(FaultKind.Tls, "the server does not speak TLS: use redis:// in the URL"), fault);
    }

    [Fact]
    public async Task InfoAsync_PlainQueryToATlsServer_SaysWhatToUse()
    {
        var port = FreePort.Next();
        await using var server = await TestServer.StartAsync(_authority.TlsLines(port, Host));
        await using var watch =
            WatchingConnection.Over(new Instance(InstanceId.Of("test"), Purpose.Other, new InstanceAddress(Host, port)));

        var reply = await watch.InfoAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new Fault(FaultKind.Tls, "the server speaks TLS: use rediss:// in the URL"), reply.Fault);
    }

    [Fact]
    public async Task InfoAsync_AuthorityFileIsMissing_IsTlsAndNamesIt()
    {
        await using var server = await TestServer.StartAsync();

        var fault = await AskAsync(server.Port, "/no/such/ca.crt");

        Assert.Equal(new Fault(FaultKind.Tls, "the authority's file '/no/such/ca.crt' cannot be read"), fault);
    }

    [Fact]
    public async Task InfoAsync_StoppedServer_IsHungNotTls()
    {
        var (time, timeout) = (new FakeTimeProvider(), TimeSpan.FromSeconds(2));
        var port = FreePort.Next();
        await using var server = await TestServer.StartAsync(_authority.TlsLines(port, Host));
        await using var watch = WatchingConnection.Over(InstanceAt(port, _authority.CaFile), time, timeout);
        server.Stop();

        var hung = await Deadline.FailsAsync(time, timeout, watch, FaultKind.Hung);

        Assert.Equal("no answer to the TLS handshake", hung.Fault!.Detail);
    }

    private string[] Lines(int port, string host) => _authority.TlsLines(port, host);

    private static async Task<Fault> AskAsync(Func<int, string, string[]> lines, string issuedFor, string? caFile)
    {
        var port = FreePort.Next();
        await using var server = await TestServer.StartAsync(lines(port, issuedFor));
        return await AskAsync(port, caFile);
    }

    private static async Task<Fault> AskAsync(int port, string? caFile)
    {
        await using var watch = WatchingConnection.Over(InstanceAt(port, caFile));
        return (await watch.InfoAsync(TestContext.Current.CancellationToken)).Fault!;
    }

    private static Instance InstanceAt(int port, string? caFile) =>
        new(InstanceId.Of("test"), Purpose.Other, new InstanceAddress(Host, port, Tls: true, CaFile: caFile));
}
