using Dashboard.Valkey;

namespace Dashboard.Actions.Preview;

/// <summary>Takes a sample of a cache's keys, and looks for names that no cache has.</summary>
internal static class CacheLook
{
    /// <summary>Names enough to tell a family of 3 % from one of 5 %.</summary>
    private const int Enough = 1_000;

    private const int PageSize = 100;

    /// <summary>Pages may be empty; so many are asked for at most.</summary>
    private const int MostPages = 40;

    /// <param name="prefix">Keys that begin with it are what matters; empty for all.</param>
    /// <returns>Names of all kinds, or a sentence why there are none.</returns>
    public static async Task<(IReadOnlyList<string>? Names, string? Why)> TakeAsync(IValkeyServer server, StepGuard guard, string prefix, CancellationToken cancel)
    {
        if ((await server.InfoAsync(cancel)).Fault is { } fault)
        {
            return (null, FaultSentence.BeforeAnything(fault));
        }

        var (names, cursor) = (new List<string>(), Page.Start);
        for (var page = 0; page < MostPages && names.Count < Enough; page++)
        {
            var (shown, why) = Read(await server.SampleAsync(guard, cursor, PageSize, cancel));
            if (shown is null)
            {
                return (null, why);
            }

            names.AddRange(shown.Keys);
            cursor = shown.Cursor;
            if (cursor == Page.Start)
            {
                break;
            }
        }

        var (found, refused) = Read(await server.FindAsync(guard, [.. ForeignKeys.WellKnown.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))], cancel));
        return found is null ? (null, refused)
            : ForeignKeys.RefuseWellKnown(found.Keys) is { } sidekiq ? (null, sidekiq)
            : (names, null);
    }

    private static (Names? Names, string? Why) Read(Reply<Guarded<Names>> reply) => reply switch
    {
        { Fault: { } fault } => (null, FaultSentence.BeforeAnything(fault)),
        { Value.Breach: { } breach } => (null, WalkEnd.OfBreach(breach).Sentence),
        _ => (reply.Value!.Value, null),
    };
}
