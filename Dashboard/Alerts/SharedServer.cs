using System.Collections.Immutable;
using Dashboard.Info;
using Dashboard.Instances;

namespace Dashboard.Alerts;

/// <summary>Two purposes on one server, or one the replica of the other: an opinion about the whole fleet.</summary>
/// <remarks>Stands until the latest known facts say otherwise. Purpose <c>other</c> promises nothing and may share; so may instances of one purpose, such as a primary and its replica.</remarks>
internal static class SharedServer
{
    public const string Rule = "shared-server";

    public static ImmutableArray<Finding> Look(IEnumerable<(Instance Instance, Snapshot? Facts)> fleet)
    {
        var judged = fleet.Where(one => one.Instance.Promise.OwnServer && one.Facts is not null).Select(one => (one.Instance, Facts: one.Facts!)).ToList();
        return [.. judged.Select(one => Look(one.Instance, one.Facts, [.. judged.Where(other => other.Instance.Purpose != one.Instance.Purpose)])).OfType<Finding>()];
    }

    private static Finding? Look(Instance instance, Snapshot facts, IReadOnlyList<(Instance Instance, Snapshot Facts)> others)
    {
        var same = others.Where(other => other.Facts.Server.RunId is { } runId && runId == facts.Server.RunId).ToList();
        if (same.Count > 0)
        {
            return Found(instance, $"{instance.Id} and {Names(same)} are one server (run_id {facts.Server.RunId![..Math.Min(8, facts.Server.RunId!.Length)]}…): the three purposes need three servers.", SharedServerProblems.Of(facts));
        }

        var replicas = others.Where(other => other.Facts.Replication.ReplId is { } replId && replId == facts.Replication.ReplId).ToList();
        return replicas.Count > 0
            ? Found(instance, $"{instance.Id} and {Names(replicas)} hold the same data: one is the other's replica.", SharedServerProblems.Of(facts))
            : null;
    }

    private static Finding Found(Instance instance, string sentence, IReadOnlyList<string> details) =>
        new(Rule, instance.Id, Severity.Critical, "shared server", sentence, "Give each purpose a server of its own; compose.yaml shows the three.", Standing: true) { Details = details };

    private static string Names(IEnumerable<(Instance Instance, Snapshot Facts)> others) => string.Join(" and ", others.Select(other => other.Instance.Id.Value));
}
