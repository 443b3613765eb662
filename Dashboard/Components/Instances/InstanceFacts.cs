using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Metrics;
using Dashboard.Monitoring;
using Dashboard.Text;

namespace Dashboard.Components.Instances;

/// <summary>The facts at the head of an instance's page. A fact that could not be read is shown as not verified.</summary>
internal static class InstanceFacts
{
    private const string Unverified = "not verified";

    public static IEnumerable<InstanceFact> Of(InstanceState state)
    {
        yield return new("address", Address(state.Instance.Address), "Where the console connects to. It is a setting.");
        yield return new(
            "purpose", state.Instance.Purpose.Word, "What the instance is for, from the settings. It decides what counts as healthy here.");
        if (state.Instance.Group.Length > 0)
        {
            yield return new("group", state.Instance.Group, "What the instance belongs to, from the settings.");
        }

        if (state.Facts is not { } facts)
        {
            yield break;
        }

        var (server, memory, replication) = (facts.Snapshot.Server, facts.Snapshot.Memory, facts.Snapshot.Replication);
        yield return new(
            "server", $"{server.Product} {server.Version ?? Unverified}", "The product and version that the server reports.",
            "A version that still gets fixes.");
        yield return new(
            "up", server.Uptime is { } uptime ? DurationText.Text(uptime) : Unverified, "How long the process has run (uptime_in_seconds).",
            "As long as you remember. Short without a reason: it crashed or was killed.");
        yield return new(
            "role", replication.Role switch { "master" => "primary", "slave" => "replica", { } other => other, null => Unverified },
            "Whether the server takes writes, or copies another.", "primary: a replica refuses writes.");
        yield return new(
            "eviction policy", memory.EvictionPolicy ?? Unverified, "What the server does when its memory is full (maxmemory_policy).",
            "allkeys-lru (or allkeys-lfu) on cache, noeviction on cable and session.");
        yield return new(
            "memory",
            $"{UnitFormat.Text(Unit.Bytes, memory.Used)} of {(memory.Max == 0 ? "no limit" : UnitFormat.Text(Unit.Bytes, memory.Max))}",
            "Memory used, and the limit (used_memory, maxmemory).", MetricCatalog.Get("used_memory").Good);
        yield return new(
            "append-only file", AppendOnly(facts), "Whether each write is kept in a file, and how often it reaches the disk.",
            "on with everysec on session: a crash loses the writes of about a second. off on cache and cable.");
        yield return new(
            "save points", facts.Supplementary.Save switch { "" => "none", { } save => save, null => Unverified },
            "When the server saves a snapshot (save). Reading it needs CONFIG GET.",
            "none: one failed snapshot makes the server refuse every write.");
        yield return new(
            "keys", Keys(facts.Snapshot.Keyspace), "Keys in each database that has any.", MetricCatalog.Get("keys").Good);
        yield return new(
            "clients",
            $"{UnitFormat.Text(Unit.Count, facts.Snapshot.Clients.Connected)} of "
                + $"{UnitFormat.Text(Unit.Count, facts.Snapshot.Clients.Max)}",
            "Connections, and how many are allowed (connected_clients, maxclients).", MetricCatalog.Get("connected_clients").Good);
        yield return new(
            "run id", server.RunId is { Length: >= 12 } runId ? runId[..12] + "…" : server.RunId ?? Unverified,
            "Names this run of the process: it changes at each start. An action previews and acts on the same run id.");
    }

    /// <summary>The few of them that belong above every tab of the page, without their names.</summary>
    public static IEnumerable<string> Glance(InstanceState state) =>
        Of(state).Where(fact => fact.Name is "address" or "server" or "memory" or "keys").Select(fact => fact.Value);

    private static string Address(InstanceAddress address) =>
        $"{address.Endpoint}{(address.Database == 0 ? "" : $"/{address.Database}")}{(address.Tls ? ", TLS" : "")}";

    private static string AppendOnly(PollResult.Answered facts) => facts.Snapshot.Persistence.AofEnabled switch
    {
        true => $"on, fsync {facts.Supplementary.AppendFsync ?? Unverified}",
        false => "off",
        null => Unverified,
    };

    private static string Keys(KeyspaceFacts keyspace) => keyspace switch
    {
        { Known: false } => Unverified,
        { Databases.Count: 0 } => "none",
        _ =>
            string.Join(", ", keyspace.Databases.Take(4).Select(db => $"db{db.Index} {UnitFormat.Text(Unit.Count, db.Keys)}"))
                + (keyspace.Databases.Count > 4 ? ", …" : ""),
    };
}
