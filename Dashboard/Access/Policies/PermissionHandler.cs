using Dashboard.Access.ApiTokens;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Storage;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Access.Policies;

/// <summary>
/// Answers policies from console.db. While it cannot be used, a signed-in person may still watch, and nothing else; a person who signed out
/// since may not.
/// </summary>
internal sealed class PermissionHandler(SessionStore sessions, TimeProvider time) : AuthorizationHandler<PermissionRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, PermissionRequirement requirement)
    {
        if (requirement.MachineScope is { } scope && context.User.HasClaim(ApiTokenAuthenticationHandler.ScopeClaim, scope))
        {
            context.Succeed(requirement);
        }
        else if (context.User.SessionId() is { } session && Holds(session, requirement.Permission))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool Holds(string id, Permission permission)
    {
        try
        {
            return sessions.Find(id) is { } session && !session.HasEndedAt(time.GetUtcNow()) && session.Grants.Allow(permission);
        }
        catch (StoreException)
        {
            return permission == Permission.Watch;
        }
    }
}
