using Dashboard.Access;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Sessions;
using Dashboard.Api.Hub;
using Dashboard.Hosting.Edge;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Http.Connections;

namespace Dashboard.Api;

/// <summary>
/// Registers what programs read: whether the console is alive, and whether it can serve people, for everyone; what it sees, for a known
/// token.
/// </summary>
internal static class ApiSetup
{
    /// <summary>
    /// For proxies: 503 once the console was asked to end (<see cref="StoppingRefusal"/>). A store that cannot be used is no reason: the
    /// other consoles share it, and whoever is signed in still sees the servers.
    /// </summary>
    private const string ReadyPath = "/readyz";

    public static void AddExport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<FleetConnections>();
        builder.Services.AddHostedService<FleetFeed>();
        builder.Services.AddHostedService<FleetTokenCheck>();
    }

    public static void MapExport(this WebApplication app)
    {
        // Both say one word: neither versions nor what is watched.
        app.MapHealthChecks(StoppingRefusal.AlivePath).AllowAnonymous();
        app.MapHealthChecks(ReadyPath).AllowAnonymous();
        app.MapGet("/api/fleet", (Fleet fleet) => InstanceJson.Of(FleetSnapshot.Of(fleet.States)))
            .RequireAuthorization(AccessSetup.PolicyOf(ApiTokenScope.Api));
        app.MapHub<FleetHub>(FleetHub.Path, options => options.Transports = HttpTransportType.WebSockets)
            .WithMetadata(new MachinesOnly()).RequireAuthorization(AccessSetup.MachinePolicyOf(ApiTokenScope.Hub));
    }
}
