using System.Globalization;
using Dashboard.Actions.Flush.Recovery;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Actions.Sampling;
using Dashboard.Info;
using Dashboard.Metrics;
using Dashboard.Monitoring;

namespace Dashboard.Actions.Flush;

/// <summary>A flush in words and numbers, before it is confirmed. Pure.</summary>
internal static class FlushPreview
{
    /// <summary>From here on a cache makes room for each new key by evicting an old one, within the minute of an Undo.</summary>
    private const double Full = 0.95;

    /// <summary>Over which the present reads are taken.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    /// <param name="plan">With its ceiling and payload.</param>
    /// <param name="search">How far the check of all keys is.</param>
    /// <param name="noUndo">Why there is no Undo, to follow "no Undo: "; null when there is one.</param>
    public static ActionPlan Complete(
        ActionPlan plan, InstanceState target, KeySample sample, SearchState search, string? noUndo, HitRateRecovery recovery)
    {
        var (facts, database) = (target.Facts!.Snapshot, plan.Instance.Address.Database);
        var keys = facts.Keyspace.In(database);
        var hits = target.Over(MetricCatalog.Get("keyspace_hits"), Usual)?.Value;
        return plan with
        {
            Glance = [.. Glance(plan, keys, facts.Memory, hits)],
            Effects =
                [What(plan, keys, noUndo, facts.Memory), Memory(facts, database), Reads(hits), recovery.Sentence,
                    RackAttack(sample.RackAttack), .. Checked(plan, search),
                    .. OthersKeys(plan)],
            Cautions = [.. Cautions(plan, facts, search)],
            Samples = SamplesOf(sample),
            Counts =
                CountText.Known(
                    ("keys", keys), ("memory", facts.Memory.Used), ("hits_a_second", hits is { } rate ? (long)Math.Round(rate) : null)),
        };
    }

    /// <summary>Of a sample, largest first.</summary>
    public static IReadOnlyList<PlanSample> SamplesOf(KeySample sample) => [
        .. sample.Families.Concat(sample.Other is { } other ? [other] : []).Select(family => new PlanSample(
        family.Family, family.Seen / (double)Math.Max(1, sample.Sampled),
        Percent(family.Seen / (double)Math.Max(1, sample.Sampled), sample.Sampled < sample.Total)))];

    private static IEnumerable<PlanFigure> Glance(ActionPlan plan, long keys, MemoryFacts memory, double? hits)
    {
        yield return new(CountText.Keys(keys), $"deleted from database {plan.Instance.Address.Database}");
        yield return plan.PayloadAs<FlushPayload>().Spare is null
            ? new("no Undo", "they are gone at once")
            : new($"{RetainedFlush.Window.TotalSeconds:0} s", $"to undo it, which brings {BroughtBack(memory.Fill)} back");
        yield return hits is { } rate
            ? new($"{UnitFormat.Text(Unit.Count, rate)} reads/s", "are served from it now; they will fall through to the database")
            : new("not known", "how many reads will fall through to the database");
    }

    private static string What(ActionPlan plan, long keys, string? noUndo, MemoryFacts memory) =>
        plan.PayloadAs<FlushPayload>().Spare is { } spare
        ? $"Exchanges database {plan.Instance.Address.Database}, with its {CountText.Keys(keys)}, for the empty database {spare}: "
            + "from one moment to the next it is empty. "
            + $"For {RetainedFlush.Window.TotalSeconds:0} s Undo brings {BroughtBack(memory.Fill)} back; then they are deleted."
        : $"Empties database {plan.Instance.Address.Database}, with its {CountText.Keys(keys)}, for good. There is no Undo: {noUndo}.";

    private static string BroughtBack(double? fill) => fill switch
    {
        >= Full => "a part of them",
        >= SpareDatabase.Filling => "every key that memory has room for until then",
        _ => "every key",
    };

    private static string Memory(Snapshot facts, int database)
    {
        var others = facts.Keyspace.Databases.Where(one => one.Index != database && one.Keys > 0).ToList();
        var used = facts.Memory switch
        {
            { Used: { } all, Max: > 0 and { } max } => $"The server uses {UnitFormat.Text(Unit.Bytes, all)} of "
                + $"{UnitFormat.Text(Unit.Bytes, max)}.",
            { Used: { } all } => $"The server uses {UnitFormat.Text(Unit.Bytes, all)}.",
            _ => "How much memory the server uses is not known.",
        };
        return others.Count == 0
            ? $"{used} What its keys take is freed in the background once they are deleted."
            : $"{used} Only database {database} is flushed: "
                + $"{string.Join(", ", others.Select(one => $"database {one.Index} keeps its {CountText.Keys(one.Keys)}"))}.";
    }

    private static string Reads(double? hits) => hits switch
    {
        null => "How many reads it answers now is not known: all of them will fall on the database behind it.",
        < 0.5 => "Hardly any read hits it now.",
        { } rate => $"About {UnitFormat.Text(Unit.Count, rate)} reads/s hit it now; they will fall on the database behind it.",
    };

    /// <summary>What a flush lifts of Rack::Attack, and what of it is old.</summary>
    /// <remarks>A few bans among a million keys are in no sample: it is said that the sample shows none, not that there are none.</remarks>
    public static string RackAttack(RackAttackKeys keys) => InForce(keys) + OldCounters(keys);

    private static string InForce(RackAttackKeys keys) => keys switch
    {
        { Counters.AtMost: 0, Bans.AtMost: 0, OldCounters.AtMost: 0 } =>
            "Rack::Attack keeps nothing here: no throttle and no ban is lifted.",
        { Counters.AtMost: 0, Bans.AtMost: 0 } => "No throttle and no ban of Rack::Attack is lifted.",
        { Counters.Estimate: null or 0, Bans.Estimate: null or 0 } =>
            "The sample shows no throttle and no ban of Rack::Attack; should there be a few, they are lifted.",
        { Bans.Estimate: null or 0 } =>
            $"About {CountText.Text(keys.Counters.Estimate!.Value)} throttle counters of Rack::Attack start again; the sample shows no "
                + $"ban, and should there be a few, they are lifted.",
        _ =>
            $"About {CountText.Text(keys.Counters.Estimate ?? 0)} throttle counters of Rack::Attack start again, and about "
                + $"{CountText.Text(keys.Bans.Estimate!.Value)} bans are lifted.",
    };

    /// <summary>To follow a sentence.</summary>
    private static string OldCounters(RackAttackKeys keys) => keys.OldCounters.Estimate is > 0 and var old
        ? $" Counters of periods that are over, which limit no one: about {CountText.Text(old)}."
        : "";

    /// <summary>What the server cannot tell in the first seconds; under other policies there is a warning.</summary>
    private static IEnumerable<string> OthersKeys(ActionPlan plan) =>
        plan.PayloadAs<FlushPayload>() is { Spare: { } spare, Policy: "allkeys-lru" }
            ? [$"What another client writes into database {spare} within 2 s of the flush counts as the flush's."]
            : [];

    private static IEnumerable<string> Checked(ActionPlan plan, SearchState search) =>
        plan.NeedsOwner ? [] : [KeyCheckText.Effect(search, plan.PayloadAs<FlushPayload>().Spare is not null)];

    private static IEnumerable<string> Cautions(ActionPlan plan, Snapshot facts, SearchState search)
    {
        if (plan.NeedsOwner)
        {
            yield return KeyCheckText.Accepts(search);
        }

        if (plan.PayloadAs<FlushPayload>() is { Spare: { } spare, Policy: not "allkeys-lru" } payload)
        {
            yield return $"Under {payload.Policy} the server does not say which keys another client uses in database {spare}: Undo moves "
                + "them and the deletion takes them, as it does the keys of this flush.";
        }

        if (plan.PayloadAs<FlushPayload>().Spare is null)
        {
            yield return "This cannot be undone.";
        }
        else if (facts.Memory.Max is not > 0)
        {
            yield return "The server has no maxmemory: until Undo is over it may take up to twice the memory it has now.";
        }
        else if (facts.Memory.Fill >= Full)
        {
            yield return "The cache is full: about one old key is evicted for each new one. The sooner you press Undo, the more comes "
                + "back.";
        }
    }

    private static string Percent(double part, bool about) =>
        $"{(about ? "about " : "")}{(100 * part).ToString(part < 0.1 ? "0.#" : "0", CultureInfo.InvariantCulture)} %";
}
