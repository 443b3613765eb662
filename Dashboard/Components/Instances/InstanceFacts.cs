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

    public static IEnumerable<(string Name, string Value)> Of(InstanceState state)
    {
        yield return ("address", Address(state.Instance.Address));
        yield return ("purpose", state.Instance.Purpose.Word);
        if (state.Facts is not { } facts)
        {
            yield break;
        }

        var (server, memory, replication) = (facts.Snapshot.Server, facts.Snapshot.Memory, facts.Snapshot.Replication);
        yield return ("server", $"{server.Product} {server.Version ?? Unverified}");
        yield return ("up", server.Uptime is { } uptime ? DurationText.Text(uptime) : Unverified);
        yield return (
            "role", replication.Role switch { "master" => "primary", "slave" => "replica", { } other => other, null => Unverified });
        yield return ("eviction policy", memory.EvictionPolicy ?? Unverified);
        yield return (
            "memory",
            $"{UnitFormat.Text(Unit.Bytes, memory.Used)} of {(memory.Max == 0 ? "no limit" : UnitFormat.Text(Unit.Bytes, memory.Max))}");
        yield return ("append-only file", AppendOnly(facts));
        yield return ("save points", facts.Supplementary.Save switch { "" => "none", { } save => save, null => Unverified });
        yield return ("keys", Keys(facts.Snapshot.Keyspace));
        yield return (
            "clients",
            $"{UnitFormat.Text(Unit.Count, facts.Snapshot.Clients.Connected)} of "
                + $"{UnitFormat.Text(Unit.Count, facts.Snapshot.Clients.Max)}");
        yield return ("run id", server.RunId is { Length: >= 12 } runId ? runId[..12] + "…" : server.RunId ?? Unverified);
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
