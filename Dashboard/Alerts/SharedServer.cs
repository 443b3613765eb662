using System.Collections.Immutable;
using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Text;

namespace Dashboard.Alerts;

/// <summary>Finds two purposes on one server, or one that is the replica of the other: a rule about the whole fleet.</summary>
/// <remarks>
/// A finding stands until the latest known facts say otherwise. Purpose <c>other</c> promises nothing and may share; so may instances of
/// one purpose, such as a primary and its replica.
/// </remarks>
internal static class SharedServer
{
    public const string Rule = "shared-server";

    /// <returns>One finding for each instance that shares; those that share with each other have the same text.</returns>
    public static ImmutableArray<Finding> Evaluate(IEnumerable<(Instance Instance, Snapshot? Facts)> fleet)
    {
        var candidates = fleet.Where(one => one.Instance.Contract.OwnServer && one.Facts is not null)
            .Select(one => new Candidate(one.Instance, one.Facts!)).ToList();
        return [.. candidates.Select(one => FindingOf(one, candidates)).OfType<Finding>()];
    }

    private static Finding? FindingOf(Candidate one, IEnumerable<Candidate> all)
    {
        var (runId, replId) = (one.Facts.Server.RunId, one.Facts.Replication.ReplId);
        return runId is not null && Sharers(all.Where(other => other.Facts.Server.RunId == runId)) is { } same
            ? Found(one, same, $"are one server (run_id {runId[..Math.Min(8, runId.Length)]}…): the three purposes need three servers.")
            : replId is not null && Sharers(all.Where(other => other.Facts.Replication.ReplId == replId)) is { } replicas
            ? Found(one, replicas, "hold the same data: one is a replica of the other.")
            : null;
    }

    private static List<Instance>? Sharers(IEnumerable<Candidate> alike)
    {
        var sharers = alike.Select(other => other.Instance).ToList();
        return sharers.Select(instance => instance.Purpose).Distinct().Count() > 1 ? sharers : null;
    }

    private static Finding Found(Candidate one, List<Instance> sharers, string what) =>
        new(Rule, one.Instance.Id, Severity.Critical, "shared server",
            $"{EnglishList.Of(sharers.Select(sharer => sharer.Id.Value))} {what}",
            "Give each purpose a server of its own; compose.yaml shows the three.", Standing: true)
        {
            Details = SharedServerProblems.Of(
                one.Facts,
                [.. sharers.Select(sharer => sharer.Profile).DistinctBy(profile => profile.Word).OrderBy(profile => profile.Order)]),
        };

    private sealed record Candidate(Instance Instance, Snapshot Facts);
}
