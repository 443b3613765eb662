using Dashboard.Configuration;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting.Edge;

/// <summary>Registers what stands between browsers and the console.</summary>
internal static class EdgeSetup
{
    /// <summary>Bytes; the largest thing anybody sends is a form.</summary>
    private const long MaxBody = 256 * 1024;

    /// <param name="serves">False for a command at the data folder.</param>
    public static void AddEdge(this WebApplicationBuilder builder, bool serves = true)
    {
        builder.Services.AddSettings<EdgeSettings>();
        if (serves)
        {
            builder.Services.AddOptionsCheck<CertificateCheck>();
        }

        builder.Services.AddSingleton(services => new LiveConnections(services.GetRequiredService<EdgeSettings>().LivePages));
        builder.Services.AddSingleton<CertificateReloader>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<CertificateReloader>(Serve);
        builder.Services.AddOptions<HostFilteringOptions>().Configure<EdgeSettings, IConfiguration>((filter, edge, configuration) =>
            filter.AllowedHosts =
                configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    ?? edge.Address.Hosts);
        // After all others: an environment variable of the framework's would believe anybody.
        builder.Services.AddOptions<ForwardedHeadersOptions>().PostConfigure<EdgeSettings>(Believe);
        builder.Services.AddOptions<CookiePolicyOptions>().Configure<EdgeSettings>((cookies, edge) =>
            cookies.Secure = edge.Address.IsPrivate ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<EdgeSettings>((antiforgery, edge) =>
        {
            antiforgery.Cookie.Name = edge.Address.Cookie("form");
            // Always would refuse plain http on this very machine; UseEdge secures all cookies alike.
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            // Said once, for every response, by SecurityHeaders.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Before anything else sees a request.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<UntrustedForwarderWarning>();
        app.UseForwardedHeaders();
        app.UseExceptionHandler(failed =>
        {
            // It begins with an empty response.
            failed.UseMiddleware<SecurityHeaders>();
            failed.Run(StaticErrorPage.FailedAsync);
        });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<OriginCheck>();
        // Here, not only where circuits are served: else nobody before that can tell one, count it or cut it.
        app.UseWebSockets();
        app.UseCookiePolicy();
    }

    private static void Serve(KestrelServerOptions kestrel, CertificateReloader renewed)
    {
        (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, MaxBody);
        renewed.Begin();
        kestrel.ConfigureHttpsDefaults(https => https.OnAuthenticate = (_, handshake) =>
            handshake.ServerCertificateContext = renewed.Show() ?? handshake.ServerCertificateContext);
    }

    private static void Believe(ForwardedHeadersOptions options, EdgeSettings edge)
    {
        options.ForwardedHeaders = edge.Proxies.Count == 0
            ? ForwardedHeaders.None
            : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in edge.Proxies)
        {
            options.KnownIPNetworks.Add(network);
        }

        // As far back as proxies we know stand in a row.
        options.ForwardLimit = null;
    }
}
