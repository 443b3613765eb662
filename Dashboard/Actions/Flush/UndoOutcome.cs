using Dashboard.Audit.Events;

namespace Dashboard.Actions.Flush;

/// <summary>What an Undo brought back, and what it could not. Pure.</summary>
internal static class UndoOutcome
{
    /// <param name="swapped">How many keys were put aside.</param>
    /// <param name="left">How many of them were there when it began; null when that is not known.</param>
    /// <param name="again">Another run tried before: what it brought back is in no count of this one.</param>
    /// <param name="end">Why it ended early; null when it did not.</param>
    /// <param name="goesOn">By itself, later.</param>
    public static ActionOutcome Of(long swapped, long? left, bool again, Walk walk, WalkEnd? end, bool goesOn = false)
    {
        var (all, newer) = (again ? left : swapped, walk.Seen - walk.Done);
        // An empty database may also have been given up meanwhile.
        var evicted = end is null && left is > 0 && (walk.Lost == 0 || walk.Seen >= all) ? Math.Max(0, all!.Value - walk.Seen) : (long?)null;
        var counts = Counts.Known(("swapped", again ? null : swapped), ("left", again ? left : null), ("evicted", evicted), ("restored", walk.Done), ("newer_kept", newer));
        return new(end?.Result ?? AuditResult.Done, string.Join(' ', Sentences(end, Back(all, again, walk), newer, evicted, end is null && left == 0 && swapped > 0, goesOn))) { Counts = counts };
    }

    private static IEnumerable<string> Sentences(WalkEnd? end, string back, long newer, long? evicted, bool none, bool goesOn)
    {
        if (end is not null)
        {
            yield return end.Sentence;
        }

        yield return none ? "None of them is there any more: they were evicted, ran out of their time, or were given up before." : back;
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
            yield return goesOn ? "The rest is still kept, and is brought back once a console runs again." : "The rest is still kept, and Undo is offered once more.";
        }
    }

    private static string Back(long? all, bool again, Walk walk)
    {
        var (restored, were, of) = (walk.Done, again ? " that were left" : "", all is { } known ? $" of {Counts.Text(known)}" : "");
        return restored == all ? restored == 1 ? $"The one key{were.Replace("were", "was", StringComparison.Ordinal)} is back." : $"All {Counts.Keys(restored)}{were} are back."
            : walk.Lost > 0 && !(walk.Seen >= all) ? $"At least {Counts.Keys(restored)}{of}{were} are back: the answer to a part of them was lost, and they are not counted."
            : $"{Counts.Keys(restored)}{of}{were} {(restored == 1 ? "is" : "are")} back.";
    }
}
