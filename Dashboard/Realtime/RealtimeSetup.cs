using Dashboard.Configuration;
using Dashboard.Realtime.Presence;
using Dashboard.Storage;
using Microsoft.AspNetCore.SignalR;

namespace Dashboard.Realtime;

/// <summary>Registers what consoles that share a store tell each other.</summary>
internal static class RealtimeSetup
{
    public static void AddPresence(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Viewers>();
        builder.Services.AddHostedService<PresenceWorker>();
    }

    public static void AddRealtime(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSignalR();
        builder.Services.AddSingleton<StoreIdentity>();
        builder.Services.AddSingleton(services => new Backplane(
            services.GetRequiredService<MonitoringSettings>().Instances.FirstOrDefault(instance => instance.Backplane is not null),
            services.GetRequiredService<StoreIdentity>(), services.GetRequiredService<TimeProvider>()));
        // For our hub alone. AddStackExchangeRedis would register it for every hub, so for that of Blazor's circuits as well: no page would
        // then open while the cable instance is down.
        builder.Services.AddSingleton<ConsoleHubManager>();
        builder.Services.AddSingleton<HubLifetimeManager<ConsoleHub>>(services => services.GetRequiredService<ConsoleHubManager>());
        builder.Services.AddHostedService<ReplicaHints>();
        // They would log every attempt while the cable instance is down; ReplicaHints logs once that it is.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR.StackExchangeRedis", LogLevel.None);
        // Below Information, SignalR logs the arguments of calls, which may be secrets.
        builder.Logging.AddFilter("Microsoft.AspNetCore.SignalR", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Http.Connections", LogLevel.Warning);
    }
}
