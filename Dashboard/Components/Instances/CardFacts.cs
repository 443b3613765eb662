using Dashboard.Info;
using Dashboard.Monitoring;
using Dashboard.Text;

namespace Dashboard.Components.Instances;

/// <summary>The secondary facts at the bottom of a card.</summary>
internal static class CardFacts
{
    public static IEnumerable<string> Of(InstanceState state)
    {
        if (state.Facts is not { } facts)
        {
            yield break;
        }

        var (server, memory) = (facts.Snapshot.Server, facts.Snapshot.Memory);
        yield return $"{server.Product} {server.Version ?? "of unknown version"}";
        if (ServerNotes.LicencesOf(server) is { } licences)
        {
            yield return $"licence {licences}";
        }

        if (server.Uptime is { } uptime)
        {
            yield return $"up {DurationText.Text(uptime)}";
        }

        yield return memory.EvictionPolicy ?? "eviction policy not verified";
        yield return Persistence(facts);
    }

    private static string Persistence(PollResult.Answered facts) => facts.Snapshot.Persistence.AofEnabled switch
    {
        true => facts.Supplementary.AppendFsync is { } fsync ? $"AOF {fsync}" : "AOF on, fsync not verified",
        false => facts.Supplementary.Save switch
        {
            "" => "not persisted",
            null => "no AOF, save points not verified",
            { } save => $"RDB save {save}",
        },
        null => "persistence not verified",
    };
}
