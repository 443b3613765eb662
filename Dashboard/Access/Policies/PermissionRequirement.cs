using Dashboard.Access.Roles;
using Microsoft.AspNetCore.Authorization;

namespace Dashboard.Access.Policies;

/// <summary>What a policy requires: that the person holds a permission now, or that a machine's token has a scope.</summary>
/// <param name="MachineScope">The scope; null admits no machine.</param>
internal sealed record PermissionRequirement(Permission Permission, string? MachineScope = null) : IAuthorizationRequirement;
