using System.Net;

namespace Dashboard.Consoles;

/// <summary>
/// Behaves like a browser: it keeps cookies (secure ones too, as browsers do on this machine), sends its origin, and requests pages.
/// </summary>
internal sealed class HostedVisitor(HttpMessageHandler console, string origin) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(console);

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>All <c>Set-Cookie</c> headers that were received, in full.</summary>
    public List<string> SetCookies { get; } = [];

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Get, path), headers);

    public Task<HttpResponseMessage> PostAsync(
        string path, Dictionary<string, string> form, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) }, headers);

    /// <summary>Signs in through the form, with its token.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string query = "")
    {
        var token = await TokenAsync("/sign-in");
        return await PostAsync(
            "/sign-in" + query,
            new() { ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token, ["Form.Name"] = name, ["Form.Password"] = password });
    }

    public async Task<string> TokenAsync(string page)
    {
        var html = await (await GetAsync(page)).Content.ReadAsStringAsync();
        return WebUtility.HtmlDecode(HostedConsole.Token().Match(html).Groups[1].Value);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        request.RequestUri = new Uri(new Uri(origin), request.RequestUri!);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (!request.Headers.Contains("Accept"))
        {
            request.Headers.Add("Accept", "text/html");
        }

        if (request.Method != HttpMethod.Get && !request.Headers.Contains("Origin"))
        {
            request.Headers.Add("Origin", origin);
        }

        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var reply = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Keep(reply);
        return reply;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(HttpResponseMessage reply)
    {
        foreach (var set in reply.Headers.TryGetValues("Set-Cookie", out var all) ? all : [])
        {
            SetCookies.Add(set);
            var (name, value) = (
                set[..set.IndexOf('=', StringComparison.Ordinal)], set[(set.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
    }
}
