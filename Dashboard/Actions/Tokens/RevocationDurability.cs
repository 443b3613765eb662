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
            true when await MayAskAsync(server, cancel) => (await server.OnDiskAsync(Wait, cancel)) switch
            {
                { Fault: null, Value: true } => "This is on the server's disk (WAITAOF).",
                { Fault: null } => "The server had not written this to its disk after 1 s.",
                _ => "Whether it is on the server's disk is not known: the server did not answer that.",
            },
            true => "The server writes this to its disk within about a second. It was not asked whether it has: the acting user may "
                + "not run WAITAOF.",
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

    /// <summary>
    /// Asked beforehand, because a refused command leaves a row in the server's ACL log. Servers before 7.2 do not know it.
    /// </summary>
    private static async Task<bool> MayAskAsync(IServerActor server, CancellationToken cancel) =>
        (await server.WhoAmIAsync(cancel)).Value is { } user
        && await server.MayRunAsync(user, ["WAITAOF", "1", "0", "1"], cancel) is { Fault: null, Value: DryRun.Allowed };
}
