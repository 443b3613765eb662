using Dashboard.Configuration;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// The address at which people open the console. Fixed at start: it decides how cookies are named and secured, which hosts are answered,
/// and which origins may send requests.
/// </summary>
/// <param name="Url">As <c>Dashboard:PublicUrl</c> says; null when only this machine is served and nothing was set.</param>
/// <param name="AllowPlainHttp">Whether the settings allow passwords to cross a network unencrypted.</param>
internal sealed record PublicAddress(Uri? Url, bool AllowPlainHttp)
{
    private static readonly string[] ThisMachine = ["localhost", "127.0.0.1", "[::1]"];

    public bool IsHttps => Url?.Scheme == Uri.UriSchemeHttps;

    /// <summary>
    /// Whether no one on the way can read along: https, or traffic that does not leave this machine. Browsers accept <c>Secure</c> cookies
    /// from both.
    /// </summary>
    public bool IsPrivate => IsHttps || Url is null or { IsLoopback: true };

    /// <summary>Whether a password typed here would cross a network unencrypted, and the settings do not allow that.</summary>
    public bool RefusesSignIn => !IsPrivate && !AllowPlainHttp;

    /// <summary>The host names to answer to; always including this machine's own, for health checks.</summary>
    public string[] Hosts => Url is null or { IsLoopback: true } ? ThisMachine : [Url.IdnHost, .. ThisMachine];

    /// <summary>The cookie name; where possible, one that the browser binds to this host alone.</summary>
    public string Cookie(string name) => IsPrivate ? $"__Host-dashboard-{name}" : $"dashboard-{name}";

    /// <param name="urls">Where Kestrel listens, <c>;</c> between them.</param>
    /// <returns>The first address at which a browser on this machine reaches the console; null where none is fixed.</returns>
    public static Uri? OnThisMachine(string? urls) => Read(urls).FirstOrDefault(url => url is { IsLoopback: true, Port: > 0 });

    /// <param name="publicUrl"><c>Dashboard:PublicUrl</c>.</param>
    /// <param name="urls">Where Kestrel listens, <c>;</c> between them.</param>
    public static PublicAddress Read(string? publicUrl, string? urls, string allowPlainHttp, SettingErrors errors)
    {
        const string key = $"{DashboardOptions.Section}:{nameof(DashboardOptions.PublicUrl)}";
        if (!bool.TryParse(allowPlainHttp, out var plain))
        {
            errors.Add(
                $"{DashboardOptions.Section}:{nameof(DashboardOptions.AllowPlainHttp)}", $"'{allowPlainHttp}' is neither true nor false.");
        }

        if (!string.IsNullOrWhiteSpace(publicUrl))
        {
            return new(OfText(key, publicUrl.Trim(), errors), plain);
        }

        if (Read(urls).FirstOrDefault(url => !url.IsLoopback) is { } beyond)
        {
            errors.Add(
                key,
                $"is missing, and the console listens beyond this machine ({beyond.Scheme}://{beyond.Host}). Write the address that people "
                    + "open, for example https://console.example.");
        }

        return new(null, plain);
    }

    private static Uri? OfText(string key, string text, SettingErrors errors)
    {
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
        {
            return url;
        }

        errors.Add(
            key,
            $"'{(text.Length > 100 ? text[..100] : text)}' is not the root of an http or https address. Write, for example, "
                + $"https://console.example.");
        return null;
    }

    /// <summary>Parses addresses; <c>http://*:80</c> and <c>http://+:80</c> mean every address of the machine.</summary>
    private static IEnumerable<Uri> Read(string? urls) =>
        (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(
                url =>
                    Uri.TryCreate(
                        url.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal),
                        UriKind.Absolute, out var read) ? read : null)
            .OfType<Uri>();
}
