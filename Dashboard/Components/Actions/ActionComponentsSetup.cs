namespace Dashboard.Components.Actions;

/// <summary>Registers the components that draw what actions leave behind: each <see cref="AftermathStrip{TItem}"/>.</summary>
internal static class ActionComponentsSetup
{
    public static IServiceCollection AddAftermathStrips(this IServiceCollection services)
    {
        foreach (var type in typeof(AftermathStrips).Assembly.GetTypes())
        {
            services.AddAftermathStrip(type);
        }

        return services.AddSingleton<AftermathStrips>();
    }

    /// <summary>Adds one component; any other type adds nothing.</summary>
    public static IServiceCollection AddAftermathStrip(this IServiceCollection services, Type type) =>
        AftermathStripDescriptor.Of(type) is { } strip ? services.AddSingleton(strip) : services;
}
