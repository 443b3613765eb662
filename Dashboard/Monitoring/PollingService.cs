using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Monitoring;

/// <summary>Runs one independent poller per instance for as long as the program runs.</summary>
internal sealed class PollingService(
    MonitoringSettings settings, ValkeyServers servers, Fleet fleet, PollRequests requests, TimeProvider time, ILogger<Poller> logger)
        : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(settings.Instances.Select(instance => Task.Run(() => RunAsync(instance, stoppingToken), stoppingToken)));

    private async Task RunAsync(Instance instance, CancellationToken cancel)
    {
        await using var server = servers.Watcher(instance, settings.PollTimeout);
        await new Poller(instance, server, fleet, settings, time, logger, servers.Lookups)
            .RunAsync(requests.Of(instance.Id), cancel);
    }
}
