using System.Net;
using System.Net.Sockets;
using Dashboard.Demo.Load;

namespace Dashboard.Demo;

/// <summary>Turns the dashboard into a demo of itself when <c>Demo:Enabled</c> is set, and does nothing otherwise.</summary>
internal static class DemoSetup
{
    // The welcome text has the address; the framework's own lines would hide it.
    private static readonly Dictionary<string, string?> QuietLog = new()
    {
        ["Logging:LogLevel:Microsoft.Hosting.Lifetime"] = "Warning",
    };

    /// <summary>Starts the servers and adds their addresses to the configuration, so call it before options are read.</summary>
    /// <returns>False when the demo was asked for and cannot start; the reason is on standard error.</returns>
    public static async Task<bool> AddDemoAsync(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(DemoOptions.Section).Get<DemoOptions>() ?? new DemoOptions();
        if (!options.Enabled)
        {
            return true;
        }

        try
        {
            if (!OperatingSystem.IsLinux())
            {
                throw new DemoException("The demo runs on Linux: it finds processes that it left behind in /proc.");
            }

            RefuseTakenPort(builder.Configuration[WebHostDefaults.ServerUrlsKey]);
            builder.AddTrio(options, await DemoTrio.StartAsync(options, TimeProvider.System, CancellationToken.None));
            return true;
        }
        catch (DemoException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return false;
        }
    }

    private static void AddTrio(this WebApplicationBuilder builder, DemoOptions options, DemoTrio trio)
    {
        builder.Configuration.AddInMemoryCollection(trio.Settings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Dashboard:Environment"] = "demo",
            ["Dashboard:DataFolder"] = Path.Combine(options.Folder, "data"),
            ["Dashboard:Sockets:GlobalIdApp"] = "my-app",
        });
        builder.Configuration.AddInMemoryCollection(QuietLog);
        // An open page holds its connection; Ctrl-C need not wait for it.
        builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        // Hosted services stop in reverse order: first the traffic, last the servers.
        builder.Services.AddSingleton(trio);
        builder.Services.AddHostedService<DemoHost>();
        builder.Services.AddHostedService(services => new CacheTraffic(trio.Cache.Target, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(services => new TokenTraffic(trio.Session.Target, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddHostedService(services => new CableTraffic(trio.Cable.Target, services.GetRequiredService<TimeProvider>()));
    }

    /// <exception cref="DemoException">Another program listens there.</exception>
    private static void RefuseTakenPort(string? urls)
    {
        if (!Uri.TryCreate(urls?.Split(';')[0], UriKind.Absolute, out var url) || !IPAddress.TryParse(url.Host, out var address))
        {
            return;
        }

        try
        {
            using var listener = new TcpListener(address, url.Port);
            listener.Start();
        }
        catch (SocketException)
        {
            throw new DemoException($"Port {url.Port} is taken by another program. Choose another: ./demo --port {url.Port + 1}");
        }
    }
}
