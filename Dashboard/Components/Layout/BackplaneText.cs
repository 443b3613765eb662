using System.Globalization;
using Dashboard.Alerts;
using Dashboard.Instances;
using Dashboard.Realtime;
using Dashboard.Text;

namespace Dashboard.Components.Layout;

/// <summary>What is known of the backplane, in words.</summary>
/// <param name="Level"><c>ok</c>, <c>warn</c> or <c>unknown</c>.</param>
/// <param name="Status">Two or three words, e.g. <c>3 ms</c>.</param>
/// <param name="Sentence">What it means, and what to do where something is wrong.</param>
internal sealed record BackplaneText(string Level, string Status, string Sentence)
{
    private const string Late = "What another console changes is seen here within 5 s, and not at once.";

    /// <param name="cable">The instance that carries it.</param>
    public static BackplaneText Of(BackplaneState state, Instance cable, DateTimeOffset now) => state.Level switch
    {
        BackplaneLevel.Connected => new(
            "ok", RoundTrip(state.RoundTrip),
            $"Consoles that share this store hear each other at once, over {cable.Id}. {Others(state, now)}"),
        BackplaneLevel.Failed => new("warn", "down", $"{Late} {Why(state, cable)} Down for {DurationText.Text(now - state.Since)}."),
        _ => new("unknown", "connecting", $"Connecting to {cable.Id}. {Late}"),
    };

    /// <summary>Names the console that serves the page, and its process for a person on its machine.</summary>
    public static string Here(ReplicaId self) =>
        string.Create(CultureInfo.InvariantCulture, $"This page comes from {SafeText.Of(self.Value)}, process {Environment.ProcessId}.");

    private static string RoundTrip(TimeSpan? took) => took switch
    {
        null => "–",
        { TotalMilliseconds: < 1 } => "< 1 ms",
        { } one => string.Create(CultureInfo.InvariantCulture, $"{one.TotalMilliseconds:0} ms"),
    };

    private static string Others(BackplaneState state, DateTimeOffset now) => state.Others switch
    {
        [] => "No other console was heard in the last minute.",
        [var (replica, at)] => $"One other console: {SafeText.Of(replica)}, heard {DurationText.Text(now - at)} ago.",
        [var (replica, at), ..] =>
            $"{state.Others.Count} other consoles; the last heard was {SafeText.Of(replica)}, {DurationText.Text(now - at)} ago.",
    };

    private static string Why(BackplaneState state, Instance cable)
    {
        if (state.Fault is not { } fault)
        {
            return $"What is sent over {cable.Id} does not come back.";
        }

        var words = FaultDescription.Of(fault, cable.Address.Endpoint);
        return fault.Kind == Valkey.FaultKind.NoPerm
            ? $"{cable.Id} does not permit the backplane’s user what it needs: the Privileges page has the line that grants it."
            : $"{cable.Id} {words.What} {words.Remedy}";
    }
}
