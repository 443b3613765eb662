using Microsoft.Net.Http.Headers;

namespace Dashboard.Hosting.Edge;

/// <summary>Recognizes a program that sends an API token instead of a session cookie.</summary>
internal static class Bearer
{
    private const string Prefix = "Bearer ";

    /// <summary>Whether the request has a token and no cookie: with a cookie, another site could be behind it.</summary>
    public static bool IsCaller(HttpRequest request) => TokenOf(request) is not null && request.Headers[HeaderNames.Cookie].Count == 0;

    /// <summary>The token as it was sent; null when none was.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && header.Length > Prefix.Length
            ? header[Prefix.Length..].Trim()
            : null;
}
