using Dashboard.Actions.Scanning;
using Dashboard.Valkey;

namespace Dashboard.Actions.Sampling;

/// <summary>Takes a sample of a cache's keys, and checks for names that no cache has.</summary>
internal static class KeySampler
{
    /// <summary>Enough names to tell a family of 3 % from one of 5 %.</summary>
    private const int EnoughNames = 1_000;

    private const int PageSize = 100;

    /// <summary>Pages may be empty; at most this many are requested, which takes less than a tenth of a second.</summary>
    private const int MaxPages = 100;

    /// <summary>Names of all kinds, or a sentence that says why there are none.</summary>
    public static async Task<(IReadOnlyList<string>? Names, string? Why)> TakeAsync(
        IServerActor server, ServerPrecondition precondition, CancellationToken cancel)
    {
        if ((await server.InfoAsync(cancel)).Fault is { } fault)
        {
            return (null, FaultSentence.BeforeAnything(fault));
        }

        var (found, refused) = Read(precondition, await server.FindAsync(precondition, ForeignKeys.WellKnown, cancel));
        return found is null ? (null, refused)
            : ForeignKeys.RefuseWellKnown(found.Keys) is { } sidekiq ? (null, sidekiq)
            : await NamesAsync(server, precondition, "*", cancel);
    }

    /// <summary>
    /// Names of all kinds, and as many that begin with the prefix as were found: a few keys among very many are in no sample of all.
    /// </summary>
    public static async Task<(IReadOnlyList<string>? Names, IReadOnlyList<string>? Alike, string? Why)> TakeAsync(
        IServerActor server, ServerPrecondition precondition, string prefix, CancellationToken cancel)
    {
        if ((await server.InfoAsync(cancel)).Fault is { } fault)
        {
            return (null, null, FaultSentence.BeforeAnything(fault));
        }

        var (names, why) = await NamesAsync(server, precondition, "*", cancel);
        var (alike, whyNot) = names is null ? (null, why)
            : await NamesAsync(server, precondition, GlobPattern.StartingWith(prefix), cancel);
        return alike is null ? (null, null, whyNot) : (names, alike, null);
    }

    private static async Task<(IReadOnlyList<string>? Names, string? Why)> NamesAsync(
        IServerActor server, ServerPrecondition precondition, string pattern, CancellationToken cancel)
    {
        var (names, cursor) = (new List<string>(), ScanPage.Start);
        for (var page = 0; page < MaxPages && names.Count < EnoughNames; page++)
        {
            var (shown, why) = Read(precondition, await server.SampleAsync(precondition, pattern, cursor, PageSize, cancel));
            if (shown is null)
            {
                return (null, why);
            }

            names.AddRange(shown.Keys);
            cursor = shown.Cursor;
            if (cursor == ScanPage.Start)
            {
                break;
            }
        }

        return (names, null);
    }

    private static (KeyNamePage? Names, string? Why) Read(
        ServerPrecondition precondition, Reply<PreconditionResult<KeyNamePage>> reply) => reply switch
        {
            { Fault: { } fault } when FaultSentence.RunsNoScripts(fault) => (
                null, $"{FaultSentence.Of(fault)} To flush this cache by hand, check its address and purpose, then copy: "
                    + $"valkey-cli -n {precondition.Database} FLUSHDB ASYNC."),
            { Fault: { } fault } => (null, FaultSentence.BeforeAnything(fault)),
            { Value.Failed: { } failed } => (null, ScanAbort.OfBreach(failed).Sentence),
            _ => (reply.Value!.Value, null),
        };
}
