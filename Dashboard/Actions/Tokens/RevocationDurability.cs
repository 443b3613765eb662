using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Tokens;

/// <summary>Proves that a deletion lasts, on the connection that wrote it: on the server's disk, and on its replicas.</summary>
internal static class RevocationDurability
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    /// <param name="facts">The server after the deletion; null where it did not answer.</param>
    public static async Task<string> ProveAsync(IServerActor server, Snapshot? facts, CancellationToken cancel)
    {
        if (facts is null)
        {
            return "Whether it is on disk is not known: the server did not answer.";
        }

        var disk = facts.Persistence.AofEnabled switch
        {
            true => (await server.OnDiskAsync(Wait, cancel)) switch
            {
                { Fault: null, Value: true } => "It is on the server's disk (WAITAOF).",
                { Fault: null } => "The server had not written it to its disk after 1 s.",
                _ => "It is on the server's disk within about a second; this user may not ask for it (WAITAOF).",
            },
            false => "The server keeps no append-only file, so a restart from an older snapshot brings the tokens back.",
            null => "Whether the server keeps it on disk is not known.",
        };
        if (facts.Replication.Replicas is not (> 0 and <= int.MaxValue and var replicas))
        {
            return disk;
        }

        var reply = await server.ReplicatedAsync((int)replicas, Wait, cancel);
        return reply.Fault is null
            ? $"{disk} {CountText.Text(reply.Value)} of {CountText.Text(replicas)} replicas have it."
            : $"{disk} Whether the replicas have it is not known.";
    }
}
