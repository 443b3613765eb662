using Dashboard.Info;
using Dashboard.Instances;
using Dashboard.Valkey;
using Dashboard.Valkey.Commands;

namespace Dashboard.Actions.Flush;

/// <summary>Says why the spare database of an instance cannot retain what is flushed. Pure.</summary>
internal static class SpareDatabase
{
    /// <summary>Above this number of clients, the databases they use are not asked: the list would be megabytes.</summary>
    public const int MaxClients = 10_000;

    /// <summary>A full cache is about at its limit, and now and then a little beyond; further beyond, eviction cannot keep up.</summary>
    private const double Beyond = 1.1;

    /// <summary>From here on a cache may begin to evict keys within the minute of an Undo.</summary>
    public const double Filling = 0.5;

    /// <summary>What a flush with Undo, its Undo and its purge send, as it is declared where they are sent.</summary>
    public static IReadOnlyList<ServerCommand> Commands { get; } =
    [
        .. DeclaredCommands.Of(
            typeof(IServerActor), nameof(IServerActor.BeginFlushAsync), nameof(IServerActor.SwapOutAsync),
            nameof(IServerActor.ReadFlushAsync), nameof(IServerActor.ChangeFlushAsync), nameof(IServerActor.BringBackAsync),
            nameof(IServerActor.PurgeAsync), nameof(IServerActor.EndFlushAsync))
            .Select(sends => sends.Command).DistinctBy(command => command.Grant),
    ];

    /// <summary>What removes it, to follow a comma.</summary>
    private const string Clearing = "the action “Delete what an earlier flush left” removes it";

    /// <summary>Why the settings allow no Undo, to follow "no Undo: "; null when they do.</summary>
    public static string? RefuseSettings(Instance instance) => instance.SpareDatabase is null
        ? $"no spare database is set. Name an empty one that no application uses in Dashboard:Instances:{instance.Id}:SpareDatabase, for "
            + "example 15"
        : null;

    /// <summary>Why nothing can be retained on this server; null when it can.</summary>
    public static string? RefuseServer(Snapshot facts) =>
        facts.Server.Mode == "cluster" ? "the server is part of a cluster, which cannot exchange databases"
        : facts.Clients.Connected > MaxClients
        ? $"more than {CountText.Text(MaxClients)} clients are connected, so the databases they use are not asked"
        : facts.Memory is { EvictionPolicy: "allkeys-random", Fill: >= Filling }
        ? "under allkeys-random a cache that fills up may evict the key that marks the flush"
        : facts.Memory is { Max: > 0, Fill: > Beyond } ? "its memory is beyond maxmemory, so what is flushed has to be freed at once"
        : null;

    /// <summary>Why the database cannot be used now; null when it can.</summary>
    public static string? Refuse(Instance instance, ClientsPerDatabase clients, Reply<PreconditionResult<FlushTokens>> read)
    {
        var spare = instance.SpareDatabase!.Value;
        return (clients.On(spare), read) switch
        {
            (1, _) => $"a client uses database {spare}",
            ( > 1 and var count, _) => $"{CountText.Text(count)} clients use database {spare}",
            (_, { Fault: { } fault }) => fault.Detail.Contains("DB index is out of range", StringComparison.OrdinalIgnoreCase)
                ? $"the server has no database {spare}"
                : $"database {spare} cannot be read: {FaultSentence.BeforeAnything(fault)}",
            (_, { Value.Failed: not null }) => $"database {spare} cannot be read",
            (_, { Value.Value: { } tokens }) => Refuse(instance, spare, tokens),
            _ => $"database {spare} cannot be read",
        };
    }

    private static string? Refuse(Instance instance, int spare, FlushTokens tokens) => tokens switch
    {
        { Own: not null } => $"another console is flushing it, or left its token in database {instance.Address.Database}. If none is, "
            + Clearing,
        { Spare: not null } => $"database {spare} retains another flush, until that is undone or deleted. If no console retains one, "
            + Clearing,
        { SpareKeys: > 0 and var keys } => $"database {spare} holds {CountText.Keys(keys)}. If an earlier flush left them, {Clearing}",
        _ => null,
    };
}
