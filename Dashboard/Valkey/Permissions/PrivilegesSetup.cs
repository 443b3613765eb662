namespace Dashboard.Valkey.Permissions;

/// <summary>Registers the self-test of what the console may do.</summary>
internal static class PrivilegesSetup
{
    public static void AddPrivileges(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<PrivilegeCheckCache>();
}
