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
            var trio = await StartTrioAsync(builder, options);
            builder.Configuration.AddInMemoryCollection(Settings(options, trio));
            builder.AddTrio(trio);
            // An open page holds its connection; Ctrl-C need not wait for it.
            builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
            return true;
        }
        catch (DemoException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return false;
        }
    }

    /// <exception cref="DemoException">The port is taken, or the servers cannot start here.</exception>
    public static Task<DemoTrio> StartTrioAsync(WebApplicationBuilder builder, DemoOptions options)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new DemoException("The demo runs on Linux: it finds processes that it left behind in /proc.");
        }

        RefuseTakenPort(builder.Configuration[WebHostDefaults.ServerUrlsKey]);
        return DemoTrio.StartAsync(options, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>The settings of a console that watches these servers.</summary>
    public static List<KeyValuePair<string, string?>> Settings(DemoOptions options, DemoTrio trio) =>
    [
        .. trio.Settings(),
        new("Dashboard:Environment", "demo"),
        new("Dashboard:DataFolder", Path.Combine(options.Folder, "data")),
        new("Dashboard:Sockets:GlobalIdApp", "my-app"),
    ];

    /// <summary>Adds the traffic on the servers, and their end with the program.</summary>
    /// <param name="addInBetween">Adds what ends after the traffic and before the servers.</param>
    public static void AddTrio(this IHostApplicationBuilder builder, DemoTrio trio, Action? addInBetween = null)
    {
        builder.Configuration.AddInMemoryCollection(QuietLog);
        // Hosted services stop in reverse order: first the traffic, last the servers.
        builder.Services.AddSingleton(trio);
        builder.Services.AddHostedService<DemoHost>();
        addInBetween?.Invoke();
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
