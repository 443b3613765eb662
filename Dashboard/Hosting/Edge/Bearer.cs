using Microsoft.Net.Http.Headers;

namespace Dashboard.Hosting.Edge;

/// <summary>A machine that shows its token instead of a session.</summary>
internal static class Bearer
{
    private const string Prefix = "Bearer ";

    /// <summary>It says so, and brings no cookie: with one, another site could be behind it.</summary>
    public static bool IsCaller(HttpRequest request) => TokenOf(request) is not null && request.Headers[HeaderNames.Cookie].Count == 0;

    /// <summary>As it was sent; null when none was.</summary>
    public static string? TokenOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && header.Length > Prefix.Length
            ? header[Prefix.Length..].Trim()
            : null;
}
