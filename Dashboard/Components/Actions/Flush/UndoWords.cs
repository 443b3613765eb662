using Dashboard.Actions;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Components.Times;
using Dashboard.Info;
using Dashboard.Text;

namespace Dashboard.Components.Actions.Flush;

/// <summary>Describes what a flush keeps. Pure.</summary>
/// <param name="Head">E.g. <c>keeper's flush can be undone</c>.</param>
/// <param name="Left">E.g. <c>for 47 s</c>; empty when it cannot.</param>
/// <param name="What">How much is left of what was kept.</param>
/// <param name="Warning">What an undo brings with it; null when it cannot be undone.</param>
/// <param name="Percent">How much of its time is left, 0 to 100.</param>
internal sealed record UndoWords(string Head, string Left, string What, string? Warning, double Percent)
{
    public bool MayUndo => Warning is not null;

    /// <param name="facts">The facts of the instance; null when it never answered.</param>
    public static UndoWords Of(RetainedFlush flush, Snapshot? facts, DateTimeOffset now, DisplayTimeZone zone)
    {
        var of = $"{flush.Operator}’s flush of {zone.Clock(flush.SwappedAt)}";
        return flush.State switch
        {
            RetentionState.Restoring => new($"{of} is being undone", "", "A key that is written again now stays as it is.", null, 0),
            RetentionState.Purging => new($"{of} cannot be undone any more", "", flush.Delay ?? "Its memory is being freed.", null, 0),
            _ when facts is not null && facts.Server.RunId != flush.RunId =>
                new($"{of} cannot be undone now", "", "Another server process answers there: what it put aside is with the one before.",
                    null, 0),
            _ => Kept(flush, of, facts, flush.EndsAt > now ? flush.EndsAt - now : TimeSpan.Zero),
        };
    }

    private static UndoWords Kept(RetainedFlush flush, string of, Snapshot? facts, TimeSpan left)
    {
        // The token of the flush is a key as well.
        var token = flush.BegunAt is null ? 0 : 1;
        var now = facts is { Keyspace.Known: true } ? Math.Clamp(facts.Keyspace.In(flush.Spare) - token, 0, flush.Keys) : (long?)null;
        var what = now switch
        {
            null => $"{CountText.Keys(flush.Keys)} {(flush.Keys == 1 ? "was" : "were")} put aside; how many are left is not known.",
            1 when flush.Keys == 1 => "The one key is kept.",
            { } some when some == flush.Keys => $"All {CountText.Keys(flush.Keys)} are kept.",
            { } some => $"{CountText.Text(some)} of {CountText.Keys(flush.Keys)} {(some == 1 ? "is" : "are")} left; the others were "
                + $"evicted or expired.",
        };
        return new(
            $"{of} can be undone", TimeLeft(flush, left),
            flush.Delay is { } delay ? $"{what}{Checked(flush)} {delay}" : $"{what}{Checked(flush)}",
            "What the application deleted meanwhile may reappear.",
            flush.ForeignKeys is "" ? Math.Clamp(100 * (left / RetainedFlush.Window), 0, 100) : 100);
    }

    private static string TimeLeft(RetainedFlush flush, TimeSpan left) => (flush.ForeignKeys, left) switch
    {
        ({ Length: > 0 }, _) => "until you delete it",
        (null, { Ticks: <= 0 }) => "until its names are checked",
        (_, { Ticks: <= 0 }) => "for a moment yet",
        _ => $"for {DurationText.Text(left)}",
    };

    /// <summary>What the check of the names found, to follow a sentence.</summary>
    private static string Checked(RetainedFlush flush) => flush.ForeignKeys switch
    {
        null => " Their names are being checked; nothing is deleted before.",
        "" => "",
        var found => $" Of them {found}: they do not belong in a cache, so nothing is deleted until you decide.",
    };
}
