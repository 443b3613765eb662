using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;

namespace Dashboard.Actions.Flush;

/// <summary>What an Undo brought back, and what it could not. Pure.</summary>
internal static class UndoOutcome
{
    /// <param name="swapped">How many keys were retained.</param>
    /// <param name="left">How many of them were there when it began; null when that is not known.</param>
    /// <param name="again">Another run tried before: what it brought back is in no count of this one.</param>
    /// <param name="abort">Why it ended early; null when it did not.</param>
    /// <param name="goesOn">Whether a console continues it later.</param>
    /// <param name="others">Keys left in the spare database because another client used them there.</param>
    public static ActionOutcome Of(long swapped, long? left, bool again, KeyspaceScan scan, ScanAbort? abort, bool goesOn = false,
        long others = 0)
    {
        var (all, newer) = (again ? left : swapped, scan.Seen - scan.Done);
        var isPart = IsPart(all, scan);
        // An empty database may also have been purged in between.
        var evicted = abort is null && left is > 0 && (scan.Lost == 0 || scan.Seen >= all)
            ? Math.Max(0, all!.Value - scan.Seen - others)
            : (long?)null;
        var counts =
            CountText.Known(
                ("swapped", again ? null : swapped), ("left", again ? left : null), ("evicted", evicted), ("restored", scan.Done),
                ("newer_kept", newer));
        return new(
            abort?.Result ?? AuditResult.Done,
            string.Join(
                ' ',
                Sentences(
                    abort, Back(all, again, scan), (newer, isPart), evicted, abort is null && left == 0 && swapped > 0, goesOn, others)))
        {
            Counts =
                    counts
        };
    }

    private static IEnumerable<string> Sentences(
        ScanAbort? abort, string back, (long Keys, bool IsPart) newer, long? evicted, bool none, bool goesOn, long others)
    {
        if (abort is not null)
        {
            yield return abort.Sentence;
        }

        yield return none ? "None of them is left: they were evicted, expired, or were deleted before." : back;
        if (newer.Keys > 0)
        {
            yield return $"{(newer.IsPart ? "At least " : "")}{CountText.Text(newer.Keys)} had been written again since and stayed as they "
                + "are.";
        }

        if (evicted > 0)
        {
            // Which of the keys that stay were the flush's is not known.
            yield return $"{(others > 0 ? "At least " : "")}{CountText.Text(evicted.Value)} had been evicted or had expired.";
        }

        if (others > 0)
        {
            yield return $"{CountText.Keys(others)} in the spare database {(others == 1 ? "was" : "were")} used by another client since "
                + $"the flush and {(others == 1 ? "stays" : "stay")} there.";
        }

        if (abort is not null)
        {
            yield return goesOn
                ? "The rest is still kept, and is brought back once a console runs again."
                : "The rest is still kept, and Undo is offered once more.";
        }
    }

    /// <summary>Whether the answer to some pages was lost, so that what was done to their keys is in no count.</summary>
    private static bool IsPart(long? all, KeyspaceScan scan) => scan.Lost > 0 && !(scan.Seen >= all);

    private static string Back(long? all, bool again, KeyspaceScan scan)
    {
        var (restored, were, of) = (scan.Done, again ? " that were left" : "", all is { } known ? $" of {CountText.Text(known)}" : "");
        return restored == all ? restored == 1
            ? $"The one key{were.Replace("were", "was", StringComparison.Ordinal)} is back."
            : $"All {CountText.Keys(restored)}{were} are back."
            : IsPart(all, scan)
            ? $"At least {CountText.Keys(restored)}{of}{were} are back: the answer to a part of them was lost, and they are not counted."
            : $"{CountText.Keys(restored)}{of}{were} {(restored == 1 ? "is" : "are")} back.";
    }
}
