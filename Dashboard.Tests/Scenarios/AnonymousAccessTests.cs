using System.Net;
using Dashboard.Access.Oidc;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;
using Dashboard.Packaging;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Scenarios;

/// <summary>
/// What the console answers a visitor who is not signed in, at every address that the framework or the console registered.
/// </summary>
[Trait("Slow", "yes")]
public sealed class AnonymousAccessTests : IAsyncDisposable
{
    /// <summary>Paths that answer every visitor. (Static files have a test of their own.)</summary>
    private static readonly string[] Open = ["/sign-in", "/sign-in/provider", "/set-up", "/healthz", "/readyz", "/theme.css"];

    /// <summary>A console with a provider, which adds addresses of its own. The provider itself is never reached here.</summary>
    private readonly HostedConsole _console = new(FakeOidcProvider.SettingsOf("http://127.0.0.1:1", Repository.PathOf("README.md")));

    public async ValueTask DisposeAsync() => await _console.DisposeAsync();

    [Fact]
    public async Task EveryEndpoint_SendsAStrangerToSignIn_OrRefusesAScript()
    {
        using var stranger = _console.Visit();
        var answered = new List<string>();
        foreach (var endpoint in Endpoints()
            .Where(endpoint => endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null))
        {
            var path = Path(endpoint);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                var reply = await stranger.SendAsync(new(new HttpMethod(method), path));
                var closed = reply.StatusCode == HttpStatusCode.Unauthorized
                    || (reply.StatusCode == HttpStatusCode.Redirect
                        && reply.Headers.Location!.ToString().Contains("/sign-in?return=", StringComparison.Ordinal))
                    || (method == "POST" && reply.Headers.Location?.ToString() == SessionCookie.EndedPath)
                    || (method != "GET" && reply.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed);
                if (!closed)
                {
                    answered.Add($"{method} {path} {(int)reply.StatusCode}");
                }
            }
        }

        Assert.All(answered, answer => Assert.Contains(answer.Split(' ')[1], Open));
        Assert.Contains("GET /sign-in 200", answered);
    }

    /// <summary>The callback is answered before routing, so no list of endpoints shows it.</summary>
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "?code=1&state=2")]
    [InlineData("HEAD", "?code=1&state=2")]
    [InlineData("POST", "?code=1&state=2")]
    [InlineData("PUT", "")]
    public async Task ProviderCallback_SendsAStrangerToSignIn(string method, string query)
    {
        using var stranger = _console.Visit();

        var reply = await stranger.SendAsync(new(new HttpMethod(method), OidcDefaults.CallbackPath + query));

        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?why=provider-stale"), (reply.StatusCode, reply.Headers.Location?.ToString()));
        Assert.Empty(stranger.Cookies);
    }

    [Theory]
    [InlineData("GET", "/_blazor")]
    [InlineData("POST", "/_blazor/negotiate")]
    [InlineData("GET", "/_blazor/initializers")]
    [InlineData("POST", "/_blazor/disconnect")]
    public async Task Circuits_AreRefusedToStrangers(string method, string path)
    {
        using var stranger = _console.Visit();

        var reply = await stranger.SendAsync(new(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
    }

    [Fact]
    public void Endpoints_AreFound() => Assert.All(
        ["/", "/audit", "/accounts", "/instances/1", "/_blazor", "/_blazor/negotiate", "/sign-out", "/confirm", "/confirm/provider",
            "/sign-in/provider", "/audit/export.csv"],
        path => Assert.Contains(path, Endpoints().Select(Path)));

    /// <summary>No GET ends a session, makes an account or takes a role, however often it is sent.</summary>
    [Fact]
    public async Task Gets_ChangeNothing()
    {
        using var owner = await _console.SignedInAsync();
        var before = await StateAsync();
        foreach (var path in Endpoints().Select(Path).Distinct().Where(path => !path.StartsWith("/_", StringComparison.Ordinal)))
        {
            await owner.GetAsync(path);
        }

        Assert.Equal(before, await StateAsync());
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        _console.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    /// <summary>The path of an endpoint, with a value in place of each parameter.</summary>
    private static string Path(RouteEndpoint endpoint) => "/" + string.Join('/', endpoint.RoutePattern.PathSegments.Select(segment =>
        segment.IsSimple && segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal
            ? literal.Content
            : "1"));

    private Task<string> StateAsync() => _console.Service<Storage.IConsoleStore>().ReadAsync(connection => string.Join('\n',
        Dapper.SqlMapper.Query<string>(connection, "SELECT hash || coalesce(ended_at, '') || stamp FROM sessions UNION ALL SELECT id || "
            + "security_stamp || coalesce(disabled_at, '') || coalesce(password_hash, '') || coalesce(authenticator_key, '') || "
            + "two_factor || failures FROM accounts UNION ALL SELECT account || role || instance FROM grants UNION ALL SELECT id FROM "
            + "machine_tokens UNION ALL SELECT hash FROM invitations")));
}
