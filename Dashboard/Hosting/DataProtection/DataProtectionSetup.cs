using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Dashboard.Hosting.DataProtection;

/// <summary>
/// Registers the keys that protect what browsers hand back (antiforgery, circuits): kept beside history, so that a restart invalidates no
/// open page.
/// </summary>
internal static class DataProtectionSetup
{
    public static void AddKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("Dashboard");
        // It warns that keys are not encrypted. They are for their owner alone, and there is nothing to encrypt them with that would lie
        // elsewhere.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddSingleton<KeyRingFiles>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyRingFiles>((options, files) => options.XmlRepository = files);
    }
}
