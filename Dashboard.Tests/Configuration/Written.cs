using Dashboard.Instances.Purposes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Settings as people write them, read the way the program reads them.</summary>
internal static class Written
{
    /// <summary>Reads the settings as the program would; faults throw.</summary>
    /// <param name="further">Purposes besides the console's own.</param>
    public static MonitoringSettings Read(IConfiguration configuration, params IEnumerable<Purpose> further)
    {
        var services = new ServiceCollection().AddSingleton(configuration);
        services.AddDashboardSettings();
        foreach (var purpose in further)
        {
            services.AddSingleton(purpose);
        }

        services.AddOptionsCheck<InstancesCheck>();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<MonitoringSettings>();
    }

    public static MonitoringSettings Read(params (string Key, string? Value)[] settings) => Read(Configuration(settings));

    public static MonitoringSettings Read(Purpose further, params (string Key, string? Value)[] settings) =>
        Read(Configuration(settings), further);

    /// <summary>The faults as the program would report them at startup; empty where there are none.</summary>
    public static IReadOnlyList<string> Faults(IConfiguration configuration)
    {
        try
        {
            Read(configuration);
            return [];
        }
        catch (OptionsValidationException wrong)
        {
            return [.. wrong.Failures];
        }
    }

    public static IReadOnlyList<string> Faults(params (string Key, string? Value)[] settings) => Faults(Configuration(settings));

    /// <summary>The faults of one instance called cache with this URL.</summary>
    public static IReadOnlyList<string> FaultsOfUrl(string? url) => Faults(("Instances:cache:Url", url));

    private static IConfigurationRoot Configuration((string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Dashboard:{setting.Key}", setting.Value)))
        .Build();
}
