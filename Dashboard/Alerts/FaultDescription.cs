using Dashboard.Valkey;

namespace Dashboard.Alerts;

/// <summary>A fault described for a person at 3 a.m.: the chip, what happened, and what to do.</summary>
/// <param name="Status">Two or three words.</param>
/// <param name="What">Follows the instance's name: <c>refuses connections…</c>.</param>
/// <param name="Remedy">What to check first.</param>
public sealed record FaultDescription(string Status, string What, string Remedy)
{
    public static FaultDescription Of(Fault fault, string endpoint) => fault.Kind switch
    {
        FaultKind.Refused => new(
            "down", $"refuses connections: nothing listens on {endpoint}.", "Start the server, or correct the address in the settings."),
        FaultKind.Dns => new(
            "name not found",
            $"has an address that does not resolve ({endpoint}).",
            "Correct the host in the settings, or fix name resolution."),
        FaultKind.Unreachable => new(
            "unreachable",
            $"cannot be reached: no answer from {endpoint} to a connection attempt.",
            "Check that the host is up, then the network and firewall between the console and it."),
        FaultKind.Tls => new(
            "TLS failed",
            $"cannot be reached over TLS{Because(fault)}.",
            "Check rediss:// against the server's port, the certificate's name, and CaFile."),
        FaultKind.Hung => new(
            "hung",
            "accepts connections but does not answer.",
            "Check whether the process is stopped, swapping, or in a long script or fork (top, SLOWLOG); other clients are affected too."),
        FaultKind.Closed => new(
            "closes at once",
            "closes the connection without an answer.",
            "Check what listens on this port, and whether a proxy or firewall is in between."),
        FaultKind.NoAuth => new(
            "password required", "requires a password, and none was sent.", "Name the password file in PasswordFile."),
        FaultKind.WrongPass => new(
            "password rejected",
            $"rejected the password{Because(fault)}.",
            "Write the correct password into the file; the console reads it again automatically."),
        FaultKind.PasswordFile => new(
            "no password",
            $"cannot be polled: {(fault.Detail.Length > 0 ? fault.Detail.TrimEnd('.') : "the password file cannot be read")}.",
            "Fix the file or its permissions; the console reads it again automatically."),
        FaultKind.NoPerm => new(
            "not permitted",
            "does not permit this user to run INFO.",
            "Grant it: ACL SETUSER <user> +info (the Privileges page has the whole line)."),
        FaultKind.MaxClients => new(
            "no free slot",
            "has no free client slot (maxclients).",
            "Find which clients hold the connections (CLIENT LIST by address); raise maxclients only if the load is real."),
        FaultKind.Loading => new(
            "loading", "is loading its dataset and serves nothing yet.", "Wait: it serves again when loading is done."),
        FaultKind.Busy => new(
            "busy in a script",
            "serves no other client. Another client's script is blocking the server.",
            "SCRIPT KILL ends the script if it has not written; otherwise wait until it ends."),
        FaultKind.Misconf => new(
            "cannot write",
            "refuses commands because it cannot write to disk.",
            "Free space on the server's disk; the server then recovers automatically."),
        FaultKind.MasterDown => new(
            "lost its primary",
            "is a replica that lost its primary and serves nothing.",
            "Fix the link to the primary, or promote this server (REPLICAOF NO ONE)."),
        FaultKind.ReadOnly => new(
            "is a replica", "is a replica and accepts no writes.", "Point the console and the application to the primary."),
        FaultKind.NotValkey => new(
            "not a server",
            $"is not a Valkey or Redis server: what listens on {endpoint} speaks another protocol.",
            "Correct the address in the settings."),
        _ => new("error", $"answered with an error{Because(fault)}.", "See the server's log."),
    };

    private static string Because(Fault fault) => fault.Detail.Length > 0 ? $": {fault.Detail.TrimEnd('.')}" : "";
}
