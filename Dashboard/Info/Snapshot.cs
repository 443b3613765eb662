namespace Dashboard.Info;

/// <summary>
/// The facts of one INFO. A field that the server did not send, or sent malformed, is null: unknown, not zero. The texts are safe to show
/// as they are; the fields in <paramref name="Info"/> are not.
/// </summary>
public sealed record Snapshot(
    InfoReply Info, ServerFacts Server, ClientFacts Clients, MemoryFacts Memory, PersistenceFacts Persistence, StatsFacts Stats,
    ReplicationFacts Replication, CpuFacts Cpu, KeyspaceFacts Keyspace, ErrorFacts Errors)
{
    public static Snapshot From(InfoReply info) => new(
        info, ServerFacts.From(info), ClientFacts.From(info), MemoryFacts.From(info), PersistenceFacts.From(info), StatsFacts.From(info),
        ReplicationFacts.From(info), CpuFacts.From(info), KeyspaceFacts.From(info), new ErrorFacts(info));

    public static Snapshot Parse(string info) => From(InfoReply.Parse(info));
}
