using Dashboard.Actions.Sampling;

namespace Dashboard.Actions.Flush;

/// <summary>A flush by prefix in words and numbers, before it is confirmed. Pure.</summary>
internal static class PrefixPreview
{
    /// <param name="plan">With the prefix as its scope.</param>
    /// <param name="estimate">Of the keys, those that begin with it.</param>
    /// <param name="keys">All keys of the database.</param>
    /// <param name="sample">Of those that begin with it.</param>
    /// <param name="took">The time of a scan over all keys, at full pace.</param>
    public static ActionPlan Complete(ActionPlan plan, PopulationEstimate estimate, long keys, KeySample sample, TimeSpan took)
    {
        var database = plan.Instance.Address.Database;
        return plan with
        {
            Glance =
            [
                new(
                    estimate.Estimate switch
                    {
                        null => $"at most {CountText.Keys(estimate.AtMost)}",
                        { } exact when exact == estimate.AtMost => CountText.Keys(exact),
                        { } guess => $"about {CountText.Keys(guess)}",
                    },
                    $"begin with “{plan.Scope}” and are removed"),
                new($"about {CountText.Text(1 + (long)took.TotalSeconds)} s", "at full pace; it can be stopped"),
                new("no Undo", "what is removed is gone"),
            ],
            Effects =
            [
                estimate.Estimate == estimate.AtMost
                    ? $"Removes the {CountText.Keys(estimate.AtMost)} of database {database} that begin with “{plan.Scope}”. All "
                        + $"{CountText.Text(keys)} were looked at."
                    : $"Removes about {CountText.Text(estimate.Estimate ?? 0)} of the {CountText.Keys(keys)} of database {database}: "
                        + $"those that begin with “{plan.Scope}”, guessed from a sample. "
                        + $"At most {CountText.Text(CeilingOf(estimate))} are removed; then it stops.",
                $"Scans all {CountText.Keys(keys)} page by page with pauses, about {CountText.Text(1 + (long)took.TotalSeconds)} s "
                    + $"at full pace; it slows down where other clients would feel it, and can be stopped.",
                "What the application writes under this prefix in the meantime may be removed as well. All other keys stay.",
            ],
            Cautions = ["This cannot be undone."],
            Samples = FlushPreview.SamplesOf(sample),
            Ceiling = CeilingOf(estimate),
            Counts = CountText.Known(("keys", keys), ("alike", estimate.Estimate)),
        };
    }

    /// <summary>With room for what is written between the preview and the end.</summary>
    private static long CeilingOf(PopulationEstimate estimate) => estimate.AtMost + (estimate.AtMost / 10) + 100;
}
