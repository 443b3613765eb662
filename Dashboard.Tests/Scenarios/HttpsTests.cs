using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Dashboard.Consoles;
using Dashboard.Servers;

namespace Dashboard.Scenarios;

/// <summary>What only a real endpoint shows: the console in a process of its own, with a certificate that the test issued.</summary>
[Trait("Slow", "yes")]
public sealed class HttpsTests : IAsyncLifetime
{
    /// <summary>The default number of live pages per session.</summary>
    private const int PagesOfSession = 10;

    private readonly TestAuthority _authority = new();
    private ConsoleProcess _console = null!;

    public async ValueTask InitializeAsync()
    {
        _authority.Issue("localhost");
        _console = ConsoleProcess.NotStarted(
            [
                "Dashboard:Instances:cache:Url=redis://127.0.0.1:1", $"Kestrel:Certificates:Default:Path={_authority.CertificateFile}",
                $"Kestrel:Certificates:Default:KeyPath={_authority.KeyFile}",
            ],
            "https://localhost");
        await _console.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _console.DisposeAsync();
        _authority.Dispose();
    }

    [Fact]
    public async Task Console_ServesHttpsItself()
    {
        using var owner = Visit();
        var reply = await owner.SignInAsync(ConsoleProcess.OwnerName, ConsoleProcess.OwnerPassword);
        Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
        Assert.Contains(
            owner.SetCookies,
            cookie => cookie.StartsWith("__Host-dashboard-session=", StringComparison.Ordinal) && cookie.EndsWith("; path=/; secure; "
                + "samesite=lax; httponly", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync("/")).StatusCode);

        await TenPagesAreLiveAtOnceAsync(owner);
        var form =
            new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = await owner.TokenAsync("/more"),
                ["password"] = new('x', 300 * 1024)
            };
        var tooLarge =
            await owner.PostAsync("/confirm", form, ("Expect", "100-continue")); // It reads the answer before it has sent all.
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Contains(
            "no form of this console is larger than 256 KB",
            await tooLarge.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await RenewalIsShownWithoutARestartAsync();
    }

    private async Task TenPagesAreLiveAtOnceAsync(HostedVisitor owner)
    {
        var open = new List<ClientWebSocket>();
        for (var tab = 0; tab < PagesOfSession; tab++)
        {
            open.Add(await ConnectAsync(owner));
        }

        Assert.Equal("{}\u001e", await HandshakeAsync(open[0]));
        var refused = await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(owner));
        Assert.Contains("429", refused.Message, StringComparison.Ordinal);

        // The first vanishes without closing, which frees its place. Signing out of another session cuts the connection of that session
        // only.
        open[0].Abort();
        await Eventually.Async(async () => await Record.ExceptionAsync(async () => open.Add(await ConnectAsync(owner))) is null);
        using var elsewhere = Visit();
        await elsewhere.SignInAsync(ConsoleProcess.OwnerName, ConsoleProcess.OwnerPassword);
        using var other = await ConnectAsync(elsewhere);
        await elsewhere.PostAsync("/sign-out", new() { ["__RequestVerificationToken"] = await elsewhere.TokenAsync("/more") });
        await Assert.ThrowsAsync<WebSocketException>(() => other.ReceiveAsync(new byte[100], TestContext.Current.CancellationToken))
            .WaitAsync(Eventually.Bound, TimeProvider.System);
        Assert.Equal(WebSocketState.Open, open[^1].State);
        open.ForEach(socket => socket.Dispose());
    }

    private async Task RenewalIsShownWithoutARestartAsync()
    {
        var before = await ShownAsync();
        await File.WriteAllTextAsync(_authority.KeyFile, "half of a renewal", TestContext.Current.CancellationToken);
        Assert.Equal(
            before,
            await Eventually.Async(
                ShownAsync, _ => _console.Output.Contains("browsers are still shown the one before", StringComparison.Ordinal)));

        _authority.Issue("localhost");
        var after = await Eventually.Async(ShownAsync, shown => shown != before);

        using var renewed = X509CertificateLoader.LoadCertificateFromFile(_authority.CertificateFile);
        Assert.Equal(renewed.SerialNumber, after);
        await Eventually.Async(
            () => Task.FromResult(_console.Output), said => said.Contains("The certificate was renewed", StringComparison.Ordinal));
    }

    /// <summary>The serial number of the certificate that a new connection is shown.</summary>
    private async Task<string> ShownAsync()
    {
        var shown = "";
        using var handler = Trusting(certificate => shown = certificate.SerialNumber);
        using var http = new HttpClient(handler);
        Assert.Equal("Healthy", await http.GetStringAsync(new Uri(_console.Url + "/healthz"), TestContext.Current.CancellationToken));
        return shown;
    }

    private HostedVisitor Visit() => new(Trusting(_ => { }), _console.Url);

    private SocketsHttpHandler Trusting(Action<X509Certificate2> see) => new()
    {
        UseCookies = false,
        AllowAutoRedirect = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, faults) => IsOurs(certificate, faults, see) },
    };

    private async Task<ClientWebSocket> ConnectAsync(HostedVisitor visitor)
    {
        var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, certificate, _, faults) => IsOurs(certificate, faults, _ => { });
        socket.Options.SetRequestHeader("Origin", _console.Url);
        socket.Options.SetRequestHeader("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        await socket.ConnectAsync(
            new Uri(_console.Url.Replace("https:", "wss:", StringComparison.Ordinal) + "/_blazor"), TestContext.Current.CancellationToken);
        return socket;
    }

    private static async Task<string> HandshakeAsync(ClientWebSocket socket)
    {
        await socket.SendAsync(
            Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + "\u001e"), WebSocketMessageType.Binary, true,
            TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        return Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)).Count);
    }

    /// <summary>Whether the certificate is signed by the test's authority and is for this host.</summary>
    private bool IsOurs(X509Certificate? shown, SslPolicyErrors faults, Action<X509Certificate2> see)
    {
        using var authority = X509CertificateLoader.LoadCertificateFromFile(_authority.CaFile);
        using var chain =
            new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        see((X509Certificate2)shown!);
        return (faults & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None && chain.Build((X509Certificate2)shown!);
    }
}
