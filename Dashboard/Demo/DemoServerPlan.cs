using System.Globalization;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Demo;

/// <summary>One of the demo's three servers before it runs: its purpose, and the configuration for it.</summary>
/// <param name="MaxMemory">Bytes.</param>
internal sealed record DemoServerPlan(InstanceId Id, Purpose Purpose, long MaxMemory)
{
    private const long Megabyte = 1L << 20;

    /// <summary>More lines of its configuration; empty for none.</summary>
    public string Further { get; init; } = "";

    /// <summary>The three servers. Small sizes let the cache evict within a minute; full size is that of production.</summary>
    public static DemoServerPlan[] Trio(bool fullSize) =>
    [
        new(InstanceId.Of("cache"), Purpose.Cache, (fullSize ? 1024 : 24) * Megabyte),
        new(InstanceId.Of("cable"), Purpose.Cable, (fullSize ? 512 : 16) * Megabyte),
        new(InstanceId.Of("session"), Purpose.Session, (fullSize ? 512 : 16) * Megabyte),
    ];

    /// <summary>
    /// The server's configuration file. It refers to nothing outside <paramref name="folder"/> and listens on loopback only.
    /// </summary>
    /// <param name="passwords">The application's password, and those of the dashboard's users.</param>
    /// <remarks>
    /// <c>save ""</c> is set on the session store too: with the default save points, one failed snapshot makes every write fail with
    /// MISCONF although the append-only file is healthy.
    /// </remarks>
    public string Configuration(int port, DemoPasswords passwords, string folder)
    {
        var contract = Purpose.Profile.Contract;
        var carriesBackplane = ConnectionRoles.Of(Purpose).Contains(ConnectionRole.Backplane);
        return string.Create(CultureInfo.InvariantCulture, $"""
            port {port}
            bind 127.0.0.1
            requirepass {passwords.Application}
            {AclRules.Line(Purpose, ConnectionRole.Watch, passwords.Watch)}
            {AclRules.Line(Purpose, ConnectionRole.Act, passwords.Act)}
            {(carriesBackplane ? AclRules.Line(Purpose, ConnectionRole.Backplane, passwords.Backplane) : "")}
            maxmemory {MaxMemory}
            maxmemory-policy {contract.EvictionPolicy}
            appendonly {(contract.Persists == true ? "yes" : "no")}
            appendfsync everysec
            save ""
            dir "{folder}"
            logfile ""
            {Further}

            """);
    }
}
