using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Benchmarks.Browser;

namespace Dashboard.Benchmarks.Viewers;

/// <summary>One session of the owner's, without a browser.</summary>
internal sealed partial class SignedIn : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private readonly Uri _console;
    private readonly HttpClient _http;

    private SignedIn(Uri console)
    {
        _console = console;
        _http = new(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = console };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("Origin", Origin);
    }

    public string Origin => _console.GetLeftPart(UriPartial.Authority);

    /// <summary>For the header.</summary>
    public string Cookies => _cookies.GetCookieHeader(_console);

    /// <summary>Through the form, as a browser posts it.</summary>
    /// <exception cref="BenchException">The console did not let it in.</exception>
    public static async Task<SignedIn> BeginAsync(string console, CancellationToken cancel)
    {
        var session = new SignedIn(new Uri(console));
        var form = new Dictionary<string, string>
        {
            ["_handler"] = "sign-in",
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(await session.PageAsync("/sign-in", cancel)).Groups[1].Value),
            ["Form.Name"] = BenchOwner.Name,
            ["Form.Password"] = BenchOwner.Password,
        };
        using var reply = await session._http.PostAsync("/sign-in", new FormUrlEncodedContent(form), cancel);
        return reply.StatusCode is HttpStatusCode.Redirect ? session : throw new BenchException($"The console did not let the owner in: {(int)reply.StatusCode}.");
    }

    public Task<string> PageAsync(string path, CancellationToken cancel) => _http.GetStringAsync(path, cancel);

    /// <summary>Says goodbye as a page does that is closed: else the console keeps its circuit for minutes.</summary>
    public async Task CloseAsync(RawCircuit circuit, CancellationToken cancel)
    {
        using var form = new MultipartFormDataContent { { new StringContent(circuit.Id), "circuitId" } };
        using var reply = await _http.PostAsync("/_blazor/disconnect", form, cancel);
        await circuit.DisposeAsync();
        if (!reply.IsSuccessStatusCode)
        {
            throw new BenchException($"The console did not close a page: {(int)reply.StatusCode}.");
        }
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
