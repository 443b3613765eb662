using Dashboard.Access;
using Dashboard.Access.ApiTokens;
using Dashboard.Monitoring;

namespace Dashboard.Api;

/// <summary>Outlets for programs: whether the console lives, for anybody; what it sees, for whom it knows.</summary>
internal static class ApiSetup
{
    public static void AddExport(this IHostApplicationBuilder builder) => builder.Services.AddHealthChecks();

    public static void MapExport(this WebApplication app)
    {
        // Tells that the program answers, and nothing else: neither versions nor what it watches.
        app.MapHealthChecks("/healthz").AllowAnonymous();
        app.MapGet("/api/fleet", (Fleet fleet) => InstanceJson.Of(FleetSnapshot.Of(fleet.States)))
            .RequireAuthorization(AccessSetup.PolicyOf(ApiTokenScope.Api));
    }
}
