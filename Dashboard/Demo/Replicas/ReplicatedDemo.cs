using System.Globalization;
using System.Net;
using Dashboard.Access.Bootstrap;

namespace Dashboard.Demo.Replicas;

/// <summary>
/// The demo with several consoles: this process starts the servers, their traffic, the consoles and the proxy, and serves nothing itself.
/// </summary>
internal static class ReplicatedDemo
{
    private const int Most = 4;

    /// <summary>How long the consoles, the proxy and the servers may take to end together.</summary>
    private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(20);

    public static bool IsWanted(WebApplicationBuilder builder) => OptionsOf(builder) is { Enabled: true, Replicas.Length: > 0 };

    /// <returns>The exit code, once the demo was stopped or could not start.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder)
    {
        try
        {
            var options = OptionsOf(builder);
            var number = NumberOf(options.Replicas);
            var address = AddressOf(builder.Configuration[WebHostDefaults.ServerUrlsKey]);
            var trio = await DemoSetup.StartTrioAsync(builder, options);
            var settings = DemoSetup.Settings(options, trio)
                .Append(new("Dashboard:PublicUrl", address.GetLeftPart(UriPartial.Authority)))
                .Append(new("Dashboard:TrustedProxies", IPAddress.Loopback.ToString()));
            builder.Configuration.AddInMemoryCollection(settings);
            var replicas = await ReplicaSet.StartAsync(
                number, options.Proxy, address, trio.Folder, Arguments(builder, settings), TimeProvider.System);
            using var host = HostOf(builder, trio, replicas);
            host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(
                () => _ = OwnerCommand.ShowFirstLinkAsync(builder));
            await host.RunAsync();
            return 0;
        }
        catch (DemoException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    private static DemoOptions OptionsOf(WebApplicationBuilder builder) =>
        builder.Configuration.GetSection(DemoOptions.Section).Get<DemoOptions>() ?? new();

    private static int NumberOf(string? replicas) =>
        int.TryParse(replicas, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Most
            ? number
            : throw new DemoException($"Demo:Replicas is {replicas}. Choose 1 to {Most}: ./demo --replicas 2");

    private static Uri AddressOf(string? urls) =>
        Uri.TryCreate(urls?.Split(';')[0], UriKind.Absolute, out var url) && IPAddress.TryParse(url.Host, out _) && url.Port > 0
            ? url
            : throw new DemoException("The demo with replicas needs one address with a port, such as --urls http://127.0.0.1:5080");

    /// <summary>The arguments of every replica. Passwords are in files: other users of the machine can read arguments.</summary>
    private static List<string> Arguments(WebApplicationBuilder builder, IEnumerable<KeyValuePair<string, string?>> settings) =>
    [
        "--contentRoot", builder.Environment.ContentRootPath, "--Demo:Enabled", "false",
        "--ReloadStaticAssetsAtRuntime", builder.Configuration["ReloadStaticAssetsAtRuntime"] ?? "false",
        .. settings.SelectMany(setting => (string[])[$"--{setting.Key}", setting.Value ?? ""]),
    ];

    private static IHost HostOf(WebApplicationBuilder builder, DemoTrio trio, ReplicaSet replicas)
    {
        var host = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            ContentRootPath = builder.Environment.ContentRootPath,
        });
        host.Configuration.AddConfiguration(builder.Configuration);
        host.Services.AddSingleton(TimeProvider.System);
        host.Services.Configure<HostOptions>(stopping => stopping.ShutdownTimeout = EndsWithin);
        host.AddTrio(trio, () => host.Services.AddHostedService(_ => replicas));
        return host.Build();
    }
}
