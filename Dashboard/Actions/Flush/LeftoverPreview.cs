using System.Globalization;
using Dashboard.Actions.Sampling;
using Dashboard.Actions.Scanning;
using Dashboard.Audit.Events;
using Dashboard.Instances;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>What an earlier flush left, in words and numbers, and what became of it. Pure.</summary>
internal static class LeftoverPreview
{
    /// <summary>The last time that a date can hold, in milliseconds since 1970.</summary>
    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>Why nothing is looked at, by the settings and the facts; null where it is.</summary>
    public static string? Refuse(PlanRequest request)
    {
        var (instance, facts) = (request.Target.Instance, request.Target.Facts!.Snapshot);
        return instance.SpareDatabase is not { } spare
            ? $"No flush keeps anything here: {SpareDatabase.RefuseSettings(instance)}."
            : facts.Memory.EvictsAnyKey is not true
            ? $"{instance.Id} is set to {facts.Memory.EvictionPolicy ?? "no eviction policy that it reports"}, and a cache evicts any key "
                + "(allkeys-lru): this may be another purpose's server. Let the settings name the cache."
            : OwnerOf(request, spare) is { } owner
            ? $"Database {spare} is {owner}'s own by the settings: nothing is deleted there."
            : null;
    }

    /// <summary>Why there is nothing to clear, or what is in the way; null where there is something.</summary>
    public static string? Refuse(Instance instance, Reply<PreconditionResult<FlushTokens>> read, Reply<ClientsPerDatabase> clients)
    {
        var (own, spare) = (instance.Address.Database, instance.SpareDatabase!.Value);
        return read switch
        {
            { Fault: { } fault } => $"Database {spare} cannot be read. {FaultSentence.BeforeAnything(fault)}",
            { Value.Failed: { } failed } => ScanAbort.OfBreach(failed).Sentence,
            { Value.Value: { Own: null, Spare: null, SpareKeys: 0 } } =>
                $"No flush left anything: database {spare} is empty, and no token is in database {own}.",
            { Value.Value.Own.IsReadable: false } => Unreadable(own),
            { Value.Value.Spare.IsReadable: false } => Unreadable(spare),
            _ => RefuseClients(spare, clients),
        };
    }

    /// <summary>Why nothing is deleted while clients use the spare database; null where none does.</summary>
    public static string? RefuseClients(int spare, Reply<ClientsPerDatabase> clients) => clients.Value?.On(spare) switch
    {
        null => $"Which databases the server's clients use could not be read, so one may be using database {spare}.",
        0 => null,
        1 => $"A client uses database {spare}: the keys there may be its own.",
        { } count => $"{CountText.Text(count)} clients use database {spare}: the keys there may be theirs.",
    };

    /// <param name="plan">With its payload.</param>
    public static ActionPlan Complete(ActionPlan plan, FlushTokens tokens, KeySample sample)
    {
        var (own, spare, keys) = (plan.Instance.Address.Database, plan.PayloadAs<LeftoverPayload>().Spare, tokens.SpareKeys);
        return plan with
        {
            Glance = [new(CountText.Keys(keys), $"of database {spare} are deleted"), new("no Undo", "what is deleted is gone")],
            Effects =
            [
                keys == 0 ? $"Database {spare} holds no keys: none is deleted."
                    : $"Deletes the {CountText.Keys(keys)} of database {spare} page by page, for good. If it holds more by then, it stops.",
                .. Tokens(tokens, own, spare),
            ],
            Cautions =
            [
                "This cannot be undone.",
                $"The keys may be of a flush that another console can still undo, or an application's. Make sure that none is: database "
                    + $"{spare} is named as the spare database of {plan.Instance.Id} alone.",
            ],
            Samples = FlushPreview.SamplesOf(sample),
            // One more than were counted: a scan that comes so far has met keys that the preview did not show.
            Ceiling = keys + 1,
            Counts = new Dictionary<string, long> { ["keys"] = keys, ["tokens"] = TokensOf(plan.PayloadAs<LeftoverPayload>()) },
        };
    }

    public static ActionOutcome OutcomeOf(LeftoverPayload left, KeyspaceScan scan, ScanAbort? abort)
    {
        var removed = abort is null ? TokensOf(left) : (long?)null;
        var deleted = $"{CountText.Keys(scan.Done)} of database {left.Spare} {(scan.Done == 1 ? "is" : "are")} deleted"
            + (scan.Lost > 0 ? ", and a part whose answer was lost, which is not counted" : "")
            + (removed > 0 ? "; the token is removed." : ".")
            + FlushByPrefix.LeftBy(scan);
        return new(abort?.Result ?? AuditResult.Done, abort is null ? deleted : $"{abort.Sentence} {deleted}")
        {
            Counts = CountText.Known(("deleted", scan.Done), ("left", scan.Left > 0 ? scan.Left : null), ("tokens", removed)),
        };
    }

    private static IEnumerable<string> Tokens(FlushTokens tokens, int own, int spare)
    {
        if (tokens.Spare is { } kept)
        {
            yield return $"Removes the token there, of a flush at {At(kept)}. What a console would still do for that flush does nothing "
                + "then.";
        }

        if (tokens.Own is { } begun)
        {
            yield return $"Removes the token in database {own}, of a flush at {At(begun)}. No other key there is touched.";
        }
    }

    /// <summary>A token is a text on a server: its time may be any number.</summary>
    private static string At(FlushToken token) => token.BegunAt / 1_000 is > 0 and var at && at <= MaxTime
        ? $"{DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC"
        : "an unknown time";

    private static long TokensOf(LeftoverPayload left) => (left.Own is null ? 0 : 1) + (left.Kept is null ? 0 : 1);

    private static string Unreadable(int database) => $"The key {FlushToken.Key} in database {database} holds what no console wrote, so "
        + $"whose it is has to be found out first. If it is nobody's, copy: valkey-cli -n {database} UNLINK {FlushToken.Key}.";

    private static InstanceId? OwnerOf(PlanRequest request, int database) => request.Fleet.FirstOrDefault(
        one => one.Instance.Address.Database == database
            && (one.Instance.Address.Endpoint == request.Target.Instance.Address.Endpoint
                || one.Facts?.Snapshot.Server.RunId == request.Target.Facts!.Snapshot.Server.RunId))?.Instance.Id;
}
