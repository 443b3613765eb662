using System.Net;
using Dapper;
using Dashboard.Consoles;
using Dashboard.Storage;

namespace Dashboard.Scenarios;

/// <summary>Which proxies are trusted to forward a caller's address and scheme.</summary>
[Trait("Slow", "yes")]
public sealed class ForwardedHeadersTests
{
    private const string Proxies = "127.0.0.1, ::1, 10.1.0.0/16";

    /// <summary>Who connects, what they forward, and which address the audit log then has.</summary>
    private static readonly (string From, string Forwarded, string Believed)[] Callers =
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "203.0.113.7", "203.0.113.7"), // a dual-stack socket
        ("127.0.0.1", "203.0.113.7:4711", "203.0.113.7"),
        ("127.0.0.1", "203.0.113.7, 10.1.2.3", "203.0.113.7"), // two proxies in a row
        ("127.0.0.1", "203.0.113.7, 10.2.2.3", "10.2.2.3"), // the second is not trusted
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"), // the first was written by the caller
        ("127.0.0.1", "127.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "<script>", "127.0.0.1"),
        ("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("10.0.0.9", "203.0.113.7", "10.0.0.9"), // not a trusted proxy
    ];

    [Fact]
    public async Task AuditLog_HasTheAddressThatTheOutermostTrustedProxySaw()
    {
        await using var console = new HostedConsole(("Dashboard:TrustedProxies", Proxies));
        var seen = new List<string?>();
        foreach (var (from, forwarded, _) in Callers)
        {
            using var owner = console.Visit(from: IPAddress.Parse(from));
            var form =
                new Dictionary<string, string>
                {
                    ["_handler"] = "sign-in",
                    ["__RequestVerificationToken"] = await owner.TokenAsync("/sign-in"), ["Form.Name"] = HostedConsole.Owner,
                    ["Form.Password"] = HostedConsole.Password
                };
            Assert.Equal(HttpStatusCode.Redirect, (await owner.PostAsync("/sign-in", form, ("X-Forwarded-For", forwarded))).StatusCode);
            seen.Add(await console.Service<IConsoleStore>().ReadAsync(
                connection => connection.QuerySingle<string>("SELECT address FROM audit WHERE action = 'sign-in' ORDER BY sequence DESC "
                    + "LIMIT 1"), TestContext.Current.CancellationToken));
        }

        Assert.Equal(Callers.Select(caller => caller.Believed), seen);
    }

    /// <summary>Behind a proxy that is not named, all people have one address.</summary>
    [Fact]
    public async Task UnlistedProxy_IsLoggedOnce()
    {
        await using var console = new HostedConsole(("Dashboard:TrustedProxies", Proxies));
        foreach (var from in new[] { "127.0.0.1", "::ffff:10.1.2.3", "10.0.0.9", "10.0.0.9", "10.0.0.10" })
        {
            using var visitor = console.Visit(from: IPAddress.Parse(from));
            await visitor.GetAsync("/sign-in", ("X-Forwarded-For", "203.0.113.7"));
        }

        Assert.Equal(1, console.LogText.Split("X-Forwarded-For came from").Length - 1);
        Assert.Contains(
            "X-Forwarded-For came from 10.0.0.9, which Dashboard:TrustedProxies does not name", console.LogText, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "https", true)]
    [InlineData("127.0.0.1", "http", false)]
    [InlineData("127.0.0.1", "https, http", false)] // the proxy's own value is the last
    [InlineData("10.0.0.9", "https", false)]
    public async Task Scheme_IsAcceptedOnlyFromATrustedProxy(string from, string forwarded, bool secure)
    {
        await using var console =
            new HostedConsole(
                ("Dashboard:TrustedProxies", Proxies), ("Dashboard:PublicUrl", "http://console.example"),
                ("Dashboard:AllowPlainHttp", "true"));
        using var visitor = console.Visit("http://console.example", IPAddress.Parse(from));

        var redirect =
            await visitor.GetAsync(
                "/", ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", forwarded), ("X-Forwarded-Host", "evil.example"));
        await visitor.GetAsync("/sign-in", ("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", forwarded));

        Assert.StartsWith(
            secure ? "https://console.example/sign-in" : "http://console.example/sign-in", redirect.Headers.Location!.ToString(),
            StringComparison.Ordinal);
        Assert.Equal(secure, Assert.Single(visitor.SetCookies).Contains("; secure", StringComparison.Ordinal));
    }
}
