using Dashboard.Instances.Purposes;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.KeyPerFile;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Registers the settings: read once at start, and checked before anything else starts.</summary>
internal static class ConfigurationSetup
{
    /// <summary>The folder of settings with one file per key, as containers mount it.</summary>
    private const string SecretsFolder = "/run/secrets";

    /// <param name="watches">False for a command on the data folder, for which no instance has to be named.</param>
    public static void AddInstances(this WebApplicationBuilder builder, bool watches = true)
    {
        builder.Configuration.AddDashboardFiles(SecretsFolder);
        builder.Services.AddDashboardSettings();
        if (watches)
        {
            builder.Services.AddOptionsCheck<InstancesCheck>();
        }
    }

    /// <summary>
    /// Adds files as settings: a file <c>Dashboard__PollInterval</c> sets <c>Dashboard:PollInterval</c>. Files of other names, such as
    /// passwords, are not read. The command line takes precedence.
    /// </summary>
    public static IConfigurationBuilder AddDashboardFiles(this IConfigurationBuilder configuration, string folder)
    {
        var files = new KeyPerFileConfigurationSource
        {
            FileProvider = Directory.Exists(folder) ? new PhysicalFileProvider(folder) : null,
            IgnoreCondition = name => !name.StartsWith($"{DashboardOptions.Section}__", StringComparison.OrdinalIgnoreCase),
            Optional = true,
        };
        var commandLine = configuration.Sources.LastOrDefault(source => source is CommandLineConfigurationSource);
        configuration.Sources.Insert(commandLine is null ? configuration.Sources.Count : configuration.Sources.IndexOf(commandLine), files);
        return configuration;
    }

    public static void AddDashboardSettings(this IServiceCollection services)
    {
        services.AddOptions<DashboardOptions>().BindConfiguration(DashboardOptions.Section).ValidateOnStart();
        services.AddMonitoringSettings().AddOptionsCheck<UnknownSettingsCheck>();
        services.AddDataFolder();
    }

    /// <summary>Adds what is watched. A purpose besides the console's own is added as one more service.</summary>
    private static IServiceCollection AddMonitoringSettings(this IServiceCollection services)
    {
        foreach (var purpose in Purpose.All)
        {
            services.AddSingleton(purpose);
        }

        return services.AddOptionsCheck<MonitoringCheck>().AddSingleton(provider => SettingsReader.Read(
            provider.GetRequiredService<IOptions<DashboardOptions>>().Value, provider.GetServices<Purpose>(), new SettingErrors()));
    }
}
