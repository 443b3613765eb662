using Dashboard.Info;
using Dashboard.Instances.Purposes;
using Dashboard.Metrics;
using Dashboard.Text;

namespace Dashboard.Alerts;

/// <summary>The five problems of one server for several purposes, told against the server's live values and for those that share it.</summary>
internal static class SharedServerProblems
{
    private static readonly (Purpose Purpose, string Fails)[] WhatFails = [(Purpose.Cache, "cached pages"), (Purpose.Cable, "live updates"), (Purpose.Session, "sign-ins")];

    public static IReadOnlyList<string> Of(Snapshot facts, IReadOnlySet<Purpose> sharers) =>
    [
        $"Eviction: one policy rules all databases. Here it is {facts.Memory.EvictionPolicy ?? UnitFormat.Unknown}: {Eviction(facts.Memory.EvictionPolicy, sharers)}",
        $"Flush: emptying one may hit the wrong database. {Databases(facts.Keyspace)}",
        $"Persistence: one setting for all. Here the append-only file is {Persistence(facts.Persistence.AofEnabled, sharers)}.",
        $"Scaling: one limit for all, {UnitFormat.Text(Unit.Bytes, facts.Memory.Max)} here with {UnitFormat.Text(Unit.Bytes, facts.Memory.Used)} in use; none can grow without taking from the others.",
        $"Isolation: when this one process hangs or dies, {EnglishList.Of(WhatFails.Where(what => sharers.Contains(what.Purpose)).Select(what => what.Fails))} fail together.",
    ];

    private static string Eviction(string? policy, IReadOnlySet<Purpose> sharers) => policy switch
    {
        null => "unverified.",
        "noeviction" when sharers.Contains(Purpose.Cache) => sharers.Contains(Purpose.Session) ? "a full cache then refuses the tokens' writes as well." : "a full cache then refuses writes.",
        "noeviction" => "when one fills it, writes of the others are refused.",
        _ when sharers.Contains(Purpose.Session) => "tokens may be evicted like cached pages.",
        _ => "what cable keeps may be evicted like cached pages.",
    };

    private static string Persistence(bool? appendOnly, IReadOnlySet<Purpose> sharers) => appendOnly switch
    {
        null => "unverified",
        true when sharers.Contains(Purpose.Cache) => "on, so cache writes pay for the disk",
        true => "on, as session needs and cable does not",
        false when sharers.Contains(Purpose.Session) => "off, so a restart signs every user out",
        false => "off, as these promise",
    };

    private static string Databases(KeyspaceFacts keyspace) =>
        !keyspace.Known ? "Which databases hold keys is unverified."
        : keyspace.Databases.Count > 0
            ? $"Keys lie in {string.Join(", ", keyspace.Databases.Select(db => $"db{db.Index} ({db.Keys:N0})"))}."
            : "No database holds keys now.";
}
