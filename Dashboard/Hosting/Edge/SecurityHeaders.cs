using System.Security.Cryptography;
using Microsoft.AspNetCore.StaticAssets;

namespace Dashboard.Hosting.Edge;

/// <summary>
/// Sets the headers that tell a browser how little this site needs: nothing from elsewhere, no frame around it, no copy kept.
/// </summary>
/// <remarks>
/// <c>style-src 'unsafe-inline'</c> is the one exception: MudBlazor writes its theme into a style element without a nonce, and charts
/// position by style attributes. The nonce is for the import map, the only script that is not a file.
/// </remarks>
internal sealed class SecurityHeaders(RequestDelegate next, EdgeSettings settings)
{
    private const string NonceKey = "csp-nonce";

    /// <summary>This response's nonce, for <c>&lt;script nonce&gt;</c>.</summary>
    public static string NonceOf(HttpContext context) =>
        (string)(context.Items[NonceKey] ??= Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)));

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{NonceOf(context)}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                + $"font-src 'self'; "
            + "connect-src 'self'; manifest-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        // Not no-referrer: with it a browser sends "Origin: null" with our own forms.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        if (settings.Address.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        context.Response.OnStarting(() =>
        {
            // Static files, and the few answers that are the same for everyone, set their own cache lifetime; nothing else may be cached.
            if (context.GetEndpoint()?.Metadata is not { } metadata
                || (metadata.GetMetadata<StaticAssetDescriptor>() is null && metadata.GetMetadata<PublicAnswer>() is null))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }
}
