using Dashboard.Configuration;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting.Edge;

/// <summary>Registers everything between browsers and the console.</summary>
internal static class EdgeSetup
{
    /// <summary>The maximum size of a request body, in bytes; the largest thing anyone sends is a form.</summary>
    private const long MaxBody = 256 * 1024;

    /// <summary>
    /// The time for requests and runs to end after a signal. Docker kills a container 10 s after it, and what was done is still recorded
    /// after this time.
    /// </summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(8);

    /// <param name="serves">False for a command on the data folder.</param>
    public static void AddEdge(this WebApplicationBuilder builder, bool serves = true)
    {
        builder.Services.AddSettings<EdgeSettings>();
        if (serves)
        {
            builder.Services.AddOptionsCheck<CertificateCheck>();
        }

        builder.Services.AddSingleton(services => new LiveConnections(services.GetRequiredService<EdgeSettings>().LivePages));
        builder.Services.AddSingleton<CertificateReloader>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<CertificateReloader>(ConfigureKestrel);
        builder.Services.AddOptions<HostFilteringOptions>().Configure<EdgeSettings, IConfiguration>((filter, edge, configuration) =>
            filter.AllowedHosts =
                configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    ?? edge.Address.Hosts);
        // After all others: an environment variable of the framework would make it trust every sender.
        builder.Services.AddOptions<ForwardedHeadersOptions>().PostConfigure<EdgeSettings>(ConfigureForwarding);
        builder.Services.AddOptions<CookiePolicyOptions>().Configure<EdgeSettings>((cookies, edge) =>
            cookies.Secure = edge.Address.IsPrivate ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = EndsWithin);
        builder.Services.AddAntiforgery();
        builder.Services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<EdgeSettings>((antiforgery, edge) =>
        {
            antiforgery.Cookie.Name = edge.Address.Cookie("form");
            // Always would refuse plain http on this machine; the cookie policy of UseEdge secures all cookies.
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            // SecurityHeaders sets it on every response.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Adds the middleware that comes before everything else.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.UseMiddleware<UntrustedForwarderWarning>();
        app.UseForwardedHeaders();
        app.UseExceptionHandler(failed =>
        {
            // The exception handler clears the response, and its headers with it.
            failed.UseMiddleware<SecurityHeaders>();
            failed.Run(StaticErrorPage.FailedAsync);
        });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<StoppingRefusal>();
        app.UseMiddleware<OriginCheck>();
        // Here, not only where circuits are served: middleware before that must recognize, count and close WebSockets.
        app.UseWebSockets();
        app.UseCookiePolicy();
    }

    private static void ConfigureKestrel(KestrelServerOptions kestrel, CertificateReloader renewed)
    {
        (kestrel.AddServerHeader, kestrel.Limits.MaxRequestBodySize) = (false, MaxBody);
        renewed.Begin();
        kestrel.ConfigureHttpsDefaults(https => https.OnAuthenticate = (_, handshake) =>
            handshake.ServerCertificateContext = renewed.Show() ?? handshake.ServerCertificateContext);
    }

    private static void ConfigureForwarding(ForwardedHeadersOptions options, EdgeSettings edge)
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

        // No limit: as many hops as there are known proxies in a row.
        options.ForwardLimit = null;
    }
}
