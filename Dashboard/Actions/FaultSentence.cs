using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>Says why a server refuses an action and what to do about it, with the lines to copy.</summary>
internal static class FaultSentence
{
    /// <summary>Errors of a script that reads a key whose slot another server of the cluster serves, or none.</summary>
    /// <remarks><c>ERR Script attempted to access a non local key in a cluster node</c>; in Valkey 9.1 <c>ERR Attempted to …</c>.</remarks>
    private static readonly string[] PartOfACluster = ["attempted to access a non local key", "attempted to access a slot not served"];

    /// <summary>
    /// Errors of a server without Lua, without EVAL, or with a Lua that does not know the scripts' first line (Redis before 7, KeyDB).
    /// </summary>
    private static readonly string[] NoScripts =
        ["unknown command 'EVAL'", "unknown command `EVAL`", "Could not find scripting engine", "Error compiling script"];

    /// <summary>Whether the server runs no script of the console.</summary>
    public static bool RunsNoScripts(Fault fault) => fault.Kind == FaultKind.Other
        && NoScripts.Any(words => fault.Detail.Contains(words, StringComparison.OrdinalIgnoreCase));

    /// <summary>The sentence for a fault before anything was asked of the server.</summary>
    public static string BeforeAnything(Fault fault) => fault.Kind is FaultKind.Hung or FaultKind.Closed ? "It did not answer." : Of(fault);

    public static string Of(Fault fault) => fault.Kind switch
    {
        FaultKind.Loading => "The server is still loading its data and accepts no changes. Wait until its card shows that loading is done.",
        FaultKind.Busy =>
            "Another client's script is blocking the server. "
                + "Copy: SCRIPT KILL; the server refuses it if the script has written, and then you can only wait.",
        FaultKind.Misconf when fault.Detail.Contains("AOF", StringComparison.Ordinal) =>
            "The server cannot write its append-only file and refuses every change. "
                + "Free space on its disk; the server then recovers automatically. Do not switch the append-only file off.",
        FaultKind.Misconf =>
            "The server cannot save a snapshot and refuses every change. "
                + "Free space on its disk. Copy, to allow changes at once: CONFIG SET stop-writes-on-bgsave-error no",
        FaultKind.ReadOnly => "The server is a replica and accepts no changes. Name the primary in the settings.",
        FaultKind.NoPerm => $"The console's acting user may not do this ({fault.Detail}). The Privileges page shows the command to copy.",
        FaultKind.Hung =>
            "The server did not answer in time. It is unknown whether it made the change: check its keys before you try again.",
        FaultKind.Closed =>
            "The connection broke before the answer. "
                + "It is unknown whether the server made the change: check its keys before you try again.",
        FaultKind.Other when RunsNoScripts(fault) => "This server runs no scripts, so nothing can be done safely.",
        FaultKind.Other when PartOfACluster.Any(words => fault.Detail.Contains(words, StringComparison.OrdinalIgnoreCase)) =>
            "The server holds only a part of a cluster's keys, and the console acts only on whole caches. "
                + "Copy, once for each primary of the cluster: valkey-cli FLUSHDB ASYNC.",
        _ => fault.Detail.Length > 0 ? $"The server answered: {fault.Detail}" : $"The server cannot be reached: {fault.Kind}.",
    };
}
