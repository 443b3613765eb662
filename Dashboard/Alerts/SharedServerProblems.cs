using Dashboard.Info;
using Dashboard.Metrics;

namespace Dashboard.Alerts;

/// <summary>The five problems of one server for several purposes, told against the server's live values.</summary>
internal static class SharedServerProblems
{
    public static IReadOnlyList<string> Of(Snapshot facts) =>
    [
        $"Eviction: one policy rules all databases. Here it is {facts.Memory.EvictionPolicy ?? UnitFormat.Unknown}: {Eviction(facts.Memory.EvictionPolicy)}",
        $"Flush: clearing the cache may hit the wrong database. {Databases(facts.Keyspace)}",
        $"Persistence: one setting for all. Here the append-only file is {(facts.Persistence.AofEnabled switch { true => "on, so cache writes pay for the disk", false => "off, so a restart signs every user out", _ => "unverified" })}.",
        $"Scaling: one limit for all, {UnitFormat.Text(Unit.Bytes, facts.Memory.Max)} here with {UnitFormat.Text(Unit.Bytes, facts.Memory.Used)} in use; the cache cannot grow without taking from the others.",
        "Isolation: when this one process hangs or dies, pages, live updates and sign-ins fail together.",
    ];

    private static string Eviction(string? policy) => policy switch
    {
        "noeviction" => "a full cache then refuses the tokens' writes as well.",
        null => "unverified.",
        _ => "tokens may be evicted like cached pages.",
    };

    private static string Databases(KeyspaceFacts keyspace) =>
        !keyspace.Known ? "Which databases hold keys is unverified."
        : keyspace.Databases.Count > 0
            ? $"Keys lie in {string.Join(", ", keyspace.Databases.Select(db => $"db{db.Index} ({db.Keys:N0})"))}."
            : "No database holds keys now.";
}
