using Dashboard.Actions.Preview;

namespace Dashboard.Actions.Flush;

/// <summary>A flush by prefix in words and numbers, before it is confirmed. Pure.</summary>
internal static class PrefixPreview
{
    /// <param name="plan">With the prefix as its scope.</param>
    /// <param name="share">Of the keys, those that begin with it.</param>
    /// <param name="keys">All keys of the database.</param>
    /// <param name="sample">Of those that begin with it.</param>
    /// <param name="took">A walk over all keys, at full pace.</param>
    public static ActionPlan Complete(ActionPlan plan, Share share, long keys, KeySample sample, TimeSpan took)
    {
        var database = plan.Instance.Address.Database;
        return plan with
        {
            Effects =
            [
                share.Estimate == share.AtMost
                    ? $"Removes the {Counts.Keys(share.AtMost)} of database {database} that begin with “{plan.Scope}”. All {Counts.Text(keys)} were looked at."
                    : $"Removes about {Counts.Text(share.Estimate ?? 0)} of the {Counts.Keys(keys)} of database {database}: those that begin with “{plan.Scope}”, guessed from a sample. At most {Counts.Text(CeilingOf(share))} are removed; then it stops.",
                $"Walks over all {Counts.Keys(keys)} page by page with pauses, about {Counts.Text(1 + (long)took.TotalSeconds)} s at full pace; it slows down where other clients would feel it, and can be stopped.",
                "What the application writes under this prefix meanwhile may be removed as well. All other keys stay.",
            ],
            Cautions = ["This cannot be undone."],
            Samples = FlushPreview.SamplesOf(sample),
            Ceiling = CeilingOf(share),
            Counts = Counts.Known(("keys", keys), ("alike", share.Estimate)),
        };
    }

    /// <summary>With room for what is written between the preview and the end.</summary>
    private static long CeilingOf(Share share) => share.AtMost + (share.AtMost / 10) + 100;
}
