using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Dashboard.Hosting.DataProtection;

/// <summary>
/// Registers the Data Protection keys, which protect what browsers send back (antiforgery, circuits). They are kept in the data folder, so
/// that a restart invalidates no open page.
/// </summary>
internal static class DataProtectionSetup
{
    public static void AddKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddDataProtection().SetApplicationName("Dashboard");
        // It warns that keys are not encrypted. Only their owner may read them, and no key is kept elsewhere with which to encrypt them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        builder.Services.AddSingleton<KeyRingFiles>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<KeyRingFiles>((options, files) => options.XmlRepository = files);
    }
}
