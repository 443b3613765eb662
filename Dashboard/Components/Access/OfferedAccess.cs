using Dashboard.Access.ApiTokens;

namespace Dashboard.Components.Access;

/// <summary>
/// The scopes of machine tokens that something in this version asks for. Forms offer these; what is missing here can still be stored and is
/// still honored.
/// </summary>
internal static class OfferedAccess
{
    public static IReadOnlyList<string> Scopes { get; } = [ApiTokenScope.Api, ApiTokenScope.Hub];
}
