using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Text;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>The sentences about attempts to cut sockets.</summary>
/// <param name="user">The user's id, safe to show.</param>
internal sealed class SocketText(Instance cable, string user)
{
    /// <summary>The most processes that a sentence names.</summary>
    private const int MaxNamed = 5;

    public static string OnlyComputed(SocketAttempt attempt) =>
        (attempt.AllChannels is { } all
            ? $"There are {CountText.Text(all)} channels, too many to list them: "
            : "The server does not say how many channels it has, so they were not listed: ")
                + "only the channel of sockets that are identified by the user alone was looked at.";

    /// <summary>E.g. <c>3 processes held sockets of user 42, 3 were told, 0 remain.</c></summary>
    public string Counts(SocketAttempt attempt)
    {
        var (held, told) = (attempt.Held ?? 0, attempt.Told ?? 0);
        var holders = attempt.Channels > 1
            ? $"{CountText.Text(held)} subscriptions on {CountText.Text(attempt.Channels)} channels"
            : Processes(held);
        var end = attempt.Remain is { } remain ? $", {CountText.Text(remain)} {(remain == 1 ? "remains" : "remain")}." : ".";
        return $"{holders} held sockets of user {user}, {CountText.Text(told)} {(told == 1 ? "was" : "were")} told{end}";
    }

    public string NoneOpen(SocketAttempt attempt) =>
        $"No socket of user {user} is open: {Processes(attempt.Listeners ?? 0)} of the application "
            + $"{(attempt.Listeners == 1 ? "listens" : "listen")} on {Id}, and none holds one.";

    public string Returned(SocketAttempt attempt) =>
        $"All sockets of user {user} were closed, and {Processes(attempt.Held ?? 0)} held one again at the last look"
            + $"{(attempt.Remain == 0 ? ", which was cut as well" : "")}. The application accepts the user’s JWT: disable the user there.";

    /// <summary>Says why the attempt ended early, and what that means for the sockets.</summary>
    public string Failure(SocketAttempt attempt) => attempt.Failed switch
    {
        { Condition: "role" } =>
            $"{Id} is a replica: what is sent there reaches its own subscribers alone, so nothing was sent. "
                + $"Name the primary in the settings. {StillUnknown}",
        { } =>
            $"{Id} restarted, or another server answers at its address: nothing more was sent. {StillUnknown} Cut the sockets again.",
        null => Failure(attempt.Fault!, attempt.Step),
    };

    /// <summary>Why it is not known that all sockets are closed; null where it is.</summary>
    public string? Doubt(SocketAttempt attempt, ListenerHistory history) => attempt switch
    {
        { Remain: > 0 } =>
            "Those that remain after 5 s have a client that ignores the close, or one that has connected again.",
        { Held: { } held, Told: { } told } when told < held =>
            "The others stopped listening in between. If they run, they keep their sockets open: restart them.",
        { OnlyComputed: true, IsComputedEnough: false } =>
            $"Sockets that have another identifier as well were not looked for, so it cannot be proven that none of user {user} is open.",
        { UnlikeSettings: > 0 and var unlike } =>
            $"{CountText.Text(unlike)} {(unlike == 1 ? "identity is" : "identities are")} online on {Id}, and none is as the settings "
                + $"describe users. Check ChannelPrefix, GlobalIdApp and GlobalIdModel of {SocketSettings.Section}.",
        { Listeners: { } now } when now < history.Most =>
            $"{Processes(now)} of the application {(now == 1 ? "listens" : "listen")} on {Id}, and {CountText.Text(history.Most.Value)} "
                + "did in the last 15 minutes. A process that lost its connection keeps its sockets open and cannot be told. "
                + "If the missing ones still run, restart them.",
        _ => null,
    };

    public string NoneListens(SocketAttempt attempt) =>
        $"No process of the application listens on {Id} any more. Those that lost their connection keep their sockets open and cannot "
            + $"be told. Restart the application’s processes{Named(attempt.Silent)}.";

    public string NoneEverListened(SocketAttempt attempt) => attempt.AnyCable > 0
        ? $"AnyCable listens on {Id}, and the console cannot tell it to close sockets. Disconnect user {user} in the application."
        : $"No process of ActionCable was seen listening on {Id} since the console started. AnyCable, Solid Cable and builds of Rails "
            + "that do not subscribe to _action_cable_internal cannot be checked from here; otherwise no socket was open.";

    private InstanceId Id => cable.Id;

    private string StillUnknown => $"Whether sockets of user {user} are open is unknown.";

    private string Failure(Fault fault, SocketStep step) => (fault.Kind, step) switch
    {
        (FaultKind.NoPerm, _) =>
            $"The console’s acting user may not do this on {Id} ({fault.Detail}). {StillUnknown} "
                + "The Privileges page shows the line to copy.",
        (FaultKind.Misconf, _) =>
            $"{Id} cannot write to its disk and refuses the console’s script. {StillUnknown} Free space on that disk, or switch off its "
                + "persistence, and cut the sockets again.",
        (_, SocketStep.Verify) => $"The processes were told, but {Id} did not answer after that. {StillUnknown} Cut the sockets again.",
        (FaultKind.Hung or FaultKind.Closed, SocketStep.Send) =>
            $"{Id} did not answer in time: it is unknown whether the processes were told. Cut the sockets again.",
        (FaultKind.Other, _) when FaultSentence.RunsNoScripts(fault) =>
            $"{Id} runs no scripts, so no socket can be cut from here. Disconnect user {user} in the application.",
        (FaultKind.Other, _) => $"{Id} answered: {fault.Detail}. Nothing more was sent. {StillUnknown}",
        _ => $"{Id} {FaultDescription.Of(fault, cable.Address.Endpoint).What} Nothing more was sent. {StillUnknown} "
            + "Cut the sockets again once it answers.",
    };

    private static string Processes(long count) => $"{CountText.Text(count)} {(count == 1 ? "process" : "processes")}";

    private static string Named(IReadOnlyList<CableProcess> silent) => silent.Count == 0
        ? ""
        : "; connected without listening: "
            + EnglishList.Of([
                .. silent.Take(MaxNamed).Select(process => $"process {process.Pid} on {process.Host}"),
                .. silent.Count > MaxNamed ? [$"{CountText.Text(silent.Count - MaxNamed)} more"] : Array.Empty<string>(),
            ]);
}
