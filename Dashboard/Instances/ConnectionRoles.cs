using Dashboard.Instances.Purposes;

namespace Dashboard.Instances;

/// <summary>Which roles connections to a server of a purpose may have.</summary>
internal static class ConnectionRoles
{
    public static IReadOnlyList<ConnectionRole> Of(Purpose purpose) => purpose.Profile.Includes(ServerTask.Backplane)
        ? [ConnectionRole.Watch, ConnectionRole.Act, ConnectionRole.Backplane]
        : [ConnectionRole.Watch, ConnectionRole.Act];
}
