using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Valkey.Connecting;

/// <summary>Registers the connections to the servers.</summary>
internal static class ValkeySetup
{
    public static IHostApplicationBuilder AddValkey(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ValkeyServers>();
        return builder;
    }
}
