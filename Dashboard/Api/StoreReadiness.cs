using Dashboard.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Dashboard.Api;

/// <summary>Reports a console whose store cannot be used as not ready: no one can sign in there, and nothing is done.</summary>
/// <remarks>It reads nothing itself, because anyone may ask: sessions and runs are read every few seconds.</remarks>
internal sealed class StoreReadiness(IConsoleStore store) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Failure is null ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
}
