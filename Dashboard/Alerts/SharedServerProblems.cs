using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Text;

namespace Dashboard.Alerts;

/// <summary>
/// The five problems of one server for several purposes, described with the server's live values and for those that share it.
/// </summary>
internal static class SharedServerProblems
{
    /// <param name="sharers">The purposes that share it, each once.</param>
    public static IReadOnlyList<string> Of(Snapshot facts, IReadOnlyList<PurposeProfile> sharers) =>
    [
        $"Eviction: one policy applies to all databases. Here it is {facts.Memory.EvictionPolicy ?? UnitFormat.Unknown}: "
            + $"{Eviction(facts.Memory.EvictionPolicy, sharers)}",
        $"Flush: emptying one may hit the wrong database. {Databases(facts.Keyspace)}",
        $"Persistence: one setting for all. Here the append-only file is {Persistence(facts.Persistence.AofEnabled, sharers)}.",
        $"Scaling: one limit for all, {UnitFormat.Text(Unit.Bytes, facts.Memory.Max)} here with "
            + $"{UnitFormat.Text(Unit.Bytes, facts.Memory.Used)} in use; none can grow without taking from the others.",
        $"Isolation: when this one process hangs or dies, {EnglishList.Of(sharers.Select(sharer => sharer.Sharing.Fails))} fail together.",
    ];

    private static string Eviction(string? policy, IReadOnlyList<PurposeProfile> sharers) => policy switch
    {
        null => "not verified.",
        "noeviction" when sharers.FirstOrDefault(sharer => sharer.Contract.EvictionPolicy is not (null or "noeviction")) is { } evicting =>
            $"a full {evicting.Word} then refuses {First(sharers, sharing => sharing.RefusedWrites) ?? "writes"}.",
        "noeviction" => "when one fills it, writes of the others are refused.",
        _ => First(sharers, sharing => sharing.WhenEvicting) ?? "keys of one may be evicted to make room for another's.",
    };

    private static string Persistence(bool? appendOnly, IReadOnlyList<PurposeProfile> sharers) => appendOnly switch
    {
        null => "not verified",
        true when First(sharers, sharing => sharing.WhenPersisting) is { } cost => $"on, {cost}",
        true => $"on, as {NamesOf(sharers, persists: true)} needs and {NamesOf(sharers, persists: false)} does not",
        false when sharers.FirstOrDefault(sharer => sharer.Impact.WhenNotPersisted is not null) is { } losing =>
            $"off, so {losing.Impact.WhenNotPersisted}",
        false => "off, as these purposes expect",
    };

    /// <summary>The text of the purpose whose users are hit hardest, of those that have a text.</summary>
    private static string? First(IEnumerable<PurposeProfile> sharers, Func<SharingImpact, string?> text) =>
        sharers.OrderBy(sharer => sharer.Impact.Urgency).Select(sharer => text(sharer.Sharing)).FirstOrDefault(said => said is not null);

    private static string NamesOf(IEnumerable<PurposeProfile> sharers, bool persists) =>
        EnglishList.Of(sharers.Where(sharer => (sharer.Contract.Persists == true) == persists).Select(sharer => sharer.Word));

    private static string Databases(KeyspaceFacts keyspace) =>
        !keyspace.Known ? "It is unknown which databases hold keys."
        : keyspace.Databases.Count > 0
            ? $"Keys are in {string.Join(", ", keyspace.Databases.Select(db => $"db{db.Index} ({db.Keys:N0})"))}."
            : "No database holds keys now.";
}
