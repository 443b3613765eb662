using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>Says why a server refuses an action and what to do about it, with the lines to copy.</summary>
internal static class FaultSentence
{
    /// <summary>Errors of a script that reads a key whose slot another server of the cluster serves, or none.</summary>
    /// <remarks><c>ERR Script attempted to access a non local key in a cluster node</c>; in Valkey 9.1 <c>ERR Attempted to …</c>.</remarks>
    private static readonly string[] PartOfACluster = ["attempted to access a non local key", "attempted to access a slot not served"];

    /// <summary>The sentence for a fault before anything was asked of the server.</summary>
    public static string BeforeAnything(Fault fault) => fault.Kind is FaultKind.Hung or FaultKind.Closed ? "It gave no answer." : Of(fault);

    public static string Of(Fault fault) => fault.Kind switch
    {
        FaultKind.Loading => "The server still loads its data and takes no change. Wait until its card says that it is done.",
        FaultKind.Busy =>
            "A script of somebody else runs too long, and the server does nothing else. Copy: SCRIPT KILL; it is refused where that "
                + "script has written, and then only time helps.",
        FaultKind.Misconf =>
            "The server cannot write to its disk and refuses every change. Free space where its data lies; it recovers by itself.",
        FaultKind.ReadOnly => "A replica answers there, which takes no changes. Let the settings name the primary.",
        FaultKind.NoPerm => $"The console's acting user may not do this ({fault.Detail}). The Privileges page shows the line to copy.",
        FaultKind.Hung => "The server gave no answer in time. Whether it has done it is not known: look at its keys before you try again.",
        FaultKind.Closed =>
            "The connection broke before the answer. Whether it has done it is not known: look at its keys before you try again.",
        FaultKind.Other when PartOfACluster.Any(words => fault.Detail.Contains(words, StringComparison.OrdinalIgnoreCase)) =>
            "The server has a part of a cluster's keys alone, and the console looks after whole caches only. Copy, once for each primary "
                + "of the cluster: valkey-cli FLUSHDB ASYNC.",
        _ => fault.Detail.Length > 0 ? $"The server answered: {fault.Detail}" : $"The server cannot be asked: {fault.Kind}.",
    };
}
