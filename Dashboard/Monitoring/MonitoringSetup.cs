namespace Dashboard.Monitoring;

/// <summary>Registers polling and the fleet's state.</summary>
internal static class MonitoringSetup
{
    public static void AddMonitoring(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<Fleet>();
        builder.Services.AddSingleton<PollRequests>();
        builder.Services.AddHostedService<PollingService>();
    }
}
