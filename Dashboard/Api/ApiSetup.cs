using Dashboard.Access;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Sessions;
using Dashboard.Api.Hub;
using Dashboard.Hosting.Edge;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http.Connections;

namespace Dashboard.Api;

/// <summary>
/// Registers what programs read: whether the console is alive, and whether it can serve people, for everyone; what it sees, for a known
/// token.
/// </summary>
internal static class ApiSetup
{
    /// <summary>For proxies: 503 while the store cannot be used, and once the console was asked to end.</summary>
    private const string ReadyPath = "/readyz";

    public static void AddExport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck<StoreReadiness>("store");
        // Each check would log each failure; the page of the audit log and the log have the reason already.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddSingleton<FleetConnections>();
        builder.Services.AddHostedService<FleetFeed>();
        builder.Services.AddHostedService<FleetTokenCheck>();
    }

    public static void MapExport(this WebApplication app)
    {
        // Both say one word: neither versions nor what is watched.
        app.MapHealthChecks(StoppingRefusal.AlivePath, new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks(ReadyPath).AllowAnonymous();
        app.MapGet("/api/fleet", (Fleet fleet) => InstanceJson.Of(FleetSnapshot.Of(fleet.States)))
            .RequireAuthorization(AccessSetup.PolicyOf(ApiTokenScope.Api));
        app.MapHub<FleetHub>(FleetHub.Path, options => options.Transports = HttpTransportType.WebSockets)
            .WithMetadata(new MachinesOnly()).RequireAuthorization(AccessSetup.MachinePolicyOf(ApiTokenScope.Hub));
    }
}
