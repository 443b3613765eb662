using System.Collections.Immutable;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Text;

namespace Dashboard.Alerts;

/// <summary>Two purposes on one server, or one the replica of the other: an opinion about the whole fleet.</summary>
/// <remarks>Stands until the latest known facts say otherwise. Purpose <c>other</c> promises nothing and may share; so may instances of one purpose, such as a primary and its replica.</remarks>
internal static class SharedServer
{
    public const string Rule = "shared-server";

    /// <returns>One for each instance that shares; those that share with each other say the same.</returns>
    public static ImmutableArray<Finding> Look(IEnumerable<(Instance Instance, Snapshot? Facts)> fleet)
    {
        var judged = fleet.Where(one => one.Instance.Contract.OwnServer && one.Facts is not null).Select(one => new Judged(one.Instance, one.Facts!)).ToList();
        return [.. judged.Select(one => Look(one, judged)).OfType<Finding>()];
    }

    private static Finding? Look(Judged one, IEnumerable<Judged> all)
    {
        var (runId, replId) = (one.Facts.Server.RunId, one.Facts.Replication.ReplId);
        return runId is not null && Sharers(all.Where(other => other.Facts.Server.RunId == runId)) is { } same
            ? Found(one, same, $"are one server (run_id {runId[..Math.Min(8, runId.Length)]}…): the three purposes need three servers.")
            : replId is not null && Sharers(all.Where(other => other.Facts.Replication.ReplId == replId)) is { } replicas
            ? Found(one, replicas, "hold the same data: one is the other's replica.")
            : null;
    }

    private static List<Instance>? Sharers(IEnumerable<Judged> alike)
    {
        var sharers = alike.Select(other => other.Instance).ToList();
        return sharers.Select(instance => instance.Purpose).Distinct().Count() > 1 ? sharers : null;
    }

    private static Finding Found(Judged one, List<Instance> sharers, string what) =>
        new(Rule, one.Instance.Id, Severity.Critical, "shared server", $"{EnglishList.Of(sharers.Select(sharer => sharer.Id.Value))} {what}", "Give each purpose a server of its own; compose.yaml shows the three.", Standing: true)
        {
            Details = SharedServerProblems.Of(
                one.Facts,
                [.. sharers.Select(sharer => sharer.Profile).DistinctBy(profile => profile.Word).OrderBy(profile => profile.Order)]),
        };

    private sealed record Judged(Instance Instance, Snapshot Facts);
}
