using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Dashboard.Configuration;

/// <summary>Registers one area's settings with their check.</summary>
internal static class SettingsSetup
{
    /// <summary>Adds <typeparamref name="T"/>, read once when it is first requested, and its check at startup.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services)
        where T : class, ISettings<T> => services
            .AddOptionsCheck<OptionsCheck<T>>()
            .AddSingleton(provider => T.Read(
                provider.GetRequiredService<IOptions<DashboardOptions>>().Value, provider.GetRequiredService<IConfiguration>(),
                new SettingErrors()));

    /// <summary>Adds the data folder's paths, once.</summary>
    public static void AddDataFolder(this IServiceCollection services) => services.TryAddSingleton(provider => DataFolder.Of(
        provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<IHostEnvironment>().ContentRootPath));

    public static IServiceCollection AddOptionsCheck<T>(this IServiceCollection services)
        where T : OptionsCheck => services.AddSingleton<IValidateOptions<DashboardOptions>, T>();
}
