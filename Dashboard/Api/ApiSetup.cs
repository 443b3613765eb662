using Dashboard.Access;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Sessions;
using Dashboard.Api.Hub;
using Dashboard.Monitoring;
using Microsoft.AspNetCore.Http.Connections;

namespace Dashboard.Api;

/// <summary>Registers what programs read: whether the console is alive, for everyone; what it sees, for a known token.</summary>
internal static class ApiSetup
{
    public static void AddExport(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks();
        builder.Services.AddSingleton<FleetConnections>();
        builder.Services.AddHostedService<FleetFeed>();
        builder.Services.AddHostedService<FleetTokenCheck>();
    }

    public static void MapExport(this WebApplication app)
    {
        // Says only that the program answers: neither versions nor what it watches.
        app.MapHealthChecks("/healthz").AllowAnonymous();
        app.MapGet("/api/fleet", (Fleet fleet) => InstanceJson.Of(FleetSnapshot.Of(fleet.States)))
            .RequireAuthorization(AccessSetup.PolicyOf(ApiTokenScope.Api));
        app.MapHub<FleetHub>(FleetHub.Path, options => options.Transports = HttpTransportType.WebSockets)
            .WithMetadata(new MachinesOnly()).RequireAuthorization(AccessSetup.MachinePolicyOf(ApiTokenScope.Hub));
    }
}
