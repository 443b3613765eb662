using Dashboard.Instances;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Dashboard.Keys;

/// <summary>Registers the keys that protect what browsers hand back (antiforgery, circuits): kept beside history, so that a restart invalidates no open page.</summary>
internal static class KeysSetup
{
    private const string Folder = "keys";

    public static void AddKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("Dashboard");
        builder.Services.AddSingleton<KeyFiles>();
        builder.Services.AddSingleton(services => new KeyFolder(Path.Combine(
            services.GetRequiredService<IHostEnvironment>().ContentRootPath, services.GetRequiredService<IOptions<DashboardOptions>>().Value.DataFolder, Folder)));
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyFiles>((options, files) => options.XmlRepository = files);
    }
}
