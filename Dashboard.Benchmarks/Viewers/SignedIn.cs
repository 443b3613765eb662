using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Benchmarks.Browser;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>One session of the owner, without a browser.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);
    private readonly Uri _console;
    private readonly HttpClient _http;

    private SignedIn(Uri console)
    {
        _console = console;
        _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = console };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("Origin", Origin);
    }

    public string Origin => _console.GetLeftPart(UriPartial.Authority);

    /// <summary>The value of the Cookie header.</summary>
    public string Cookies => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>Signs in through the form, as a browser posts it.</summary>
    /// <exception cref="BenchException">The console did not accept the sign-in.</exception>
    public static async Task<SignedIn> BeginAsync(string console, CancellationToken cancel)
    {
        var session = new SignedIn(new Uri(console));
        var token = WebUtility.HtmlDecode(Token().Match(await session.PageAsync("sign-in", cancel)).Groups[1].Value);
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = token,
            ["Form.Name"] = BenchOwner.Name,
            ["Form.Password"] = BenchOwner.Password,
        };
        using var reply = await session.SendAsync(HttpMethod.Post, "sign-in", new FormUrlEncodedContent(form), cancel);
        return reply.StatusCode is HttpStatusCode.Redirect ? session
            : throw new BenchException($"The console refused the owner's sign-in: {(int)reply.StatusCode}.");
    }

    public async Task<string> PageAsync(string path, CancellationToken cancel)
    {
        using var reply = await SendAsync(HttpMethod.Get, path, null, cancel);
        return await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancel);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Keeps secure cookies as browsers do on this machine; the framework's container sends none back over plain http.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Cookie", Cookies);
        var reply = await _http.SendAsync(request, cancel);
        foreach (var set in reply.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            var (name, value) = set.Split(';')[0].Split('=', 2) is [var left, var right] ? (left, right) : (set, "");
            _cookies[name] = value;
        }

        return reply;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
