using Dashboard.Store;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Access;

/// <summary>Answers policies from console.db. While it cannot be used, who is signed in goes on watching, and nothing else.</summary>
internal sealed class PermissionHandler(SessionBook sessions, TimeProvider time) : AuthorizationHandler<PermissionRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.MachineScope is { } scope && context.User.HasClaim(BearerHandler.ScopeClaim, scope))
        {
            context.Succeed(requirement);
        }
        else if (context.User.SessionId() is { } session && await HoldsAsync(session, requirement.Permission))
        {
            context.Succeed(requirement);
        }
    }

    private async Task<bool> HoldsAsync(string id, Permission permission)
    {
        try
        {
            return await sessions.FindAsync(id) is { } session && !session.HasEndedAt(time.GetUtcNow()) && session.Grants.Allow(permission);
        }
        catch (StoreException)
        {
            return permission == Permission.Watch;
        }
    }
}
