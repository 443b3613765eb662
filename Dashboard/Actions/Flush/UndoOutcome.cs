using Dashboard.Audit;

namespace Dashboard.Actions.Flush;

/// <summary>What an Undo brought back, and what it could not. Pure.</summary>
internal static class UndoOutcome
{
    /// <param name="swapped">How many keys were put aside.</param>
    /// <param name="left">How many of them were there when it began; null when that is not known, or another run brought some back before.</param>
    /// <param name="end">Why it ended early; null when it did not.</param>
    public static ActionOutcome Of(long swapped, long? left, Walk walk, WalkEnd? end)
    {
        var newer = walk.Seen - walk.Done;
        var evicted = end is null && left is not null ? Math.Max(0, swapped - walk.Seen) : (long?)null;
        var counts = Counts.Known(("swapped", swapped), ("evicted", evicted), ("restored", walk.Done), ("newer_kept", newer));
        return new(end?.Result ?? AuditResult.Done, string.Join(' ', Sentences(swapped, evicted, walk.Done, newer, end))) { Counts = counts };
    }

    private static IEnumerable<string> Sentences(long swapped, long? evicted, long restored, long newer, WalkEnd? end)
    {
        if (end is not null)
        {
            yield return end.Sentence;
        }

        yield return restored == swapped ? $"All {Counts.Keys(swapped)} are back." : $"{Counts.Keys(restored)} of {Counts.Text(swapped)} {(restored == 1 ? "is" : "are")} back.";
        if (newer > 0)
        {
            yield return $"{Counts.Text(newer)} had been written anew meanwhile and stayed as they are.";
        }

        if (evicted > 0)
        {
            yield return $"{Counts.Text(evicted.Value)} had been evicted, or had run out of their time.";
        }

        if (end is not null)
        {
            yield return "The rest is still kept, and Undo is offered once more.";
        }
    }
}
