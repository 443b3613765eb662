using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions.Flush;

/// <summary>Which empty database may keep what is flushed, or why none can. Pure.</summary>
internal static class SpareDatabase
{
    /// <summary>The last one of a server with the usual sixteen: applications count from the first.</summary>
    private const int Last = 15;

    /// <summary>More clients than this, and where they sit is not asked: the list would be megabytes.</summary>
    public const int MostClients = 10_000;

    /// <summary>A full cache is about at its limit, and now and then a little beyond; further beyond, eviction cannot keep up.</summary>
    private const double Beyond = 1.1;

    /// <summary>Why nothing can be kept on this server; null when it can.</summary>
    public static string? RefuseServer(Snapshot facts) =>
        facts.Server.Mode == "cluster" ? "the server is part of a cluster, which cannot exchange databases"
        : facts.Clients.Connected > MostClients
        ? $"more than {CountText.Text(MostClients)} clients are connected, so where they sit is not asked"
        : facts.Memory is { Max: > 0, Fill: > Beyond } ? "its memory is beyond maxmemory, so what is flushed has to be freed at once"
        : null;

    /// <summary>Databases that may serve, best first: empty, and nobody's seat.</summary>
    /// <param name="taken">Its own, other instances', and other flushes'.</param>
    public static IEnumerable<int> Candidates(Snapshot facts, ClientsPerDatabase clients, IReadOnlyCollection<int> taken) =>
        Enumerable.Range(0, Last + 1).Reverse().Where(one => facts.Keyspace.In(one) == 0 && clients.On(one) == 0 && !taken.Contains(one));
}
