using Dashboard.Audit;
using Dashboard.Audit.Events;

namespace Dashboard.Actions.Flush.Retention;

/// <summary>Ends what a flush kept without having touched it, and writes down why.</summary>
internal sealed class SwapClosing(SwapBook swaps, AuditTrail audit, SwapTries tries)
{
    /// <summary>So long another server may answer there before what this one kept counts as lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <param name="swap">As it was read; changed meanwhile, nothing is ended.</param>
    public async Task CloseAsync(Swap swap, AuditResult result, string sentence, CancellationToken cancel)
    {
        if (await swaps.EndAsync(swap, sentence))
        {
            tries.Forget(swap.Id);
            await audit.NoteAsync(Event(swap) with { Result = result, Detail = sentence }, cancel);
        }
    }

    /// <summary>Another server answers there, or a replica: after a while, what it kept is lost to us.</summary>
    public async Task OtherServerAsync(Swap swap, CancellationToken cancel)
    {
        if (tries.Failed(swap.Id) > Patience)
        {
            await CloseAsync(
                swap, AuditResult.Unknown,
                $"Another server process answers on {swap.Instance} for {Patience.TotalMinutes:0} min. {Left(swap)}", cancel);
        }
    }

    /// <summary>The settings changed: what it kept and what the application writes now are in one database.</summary>
    public Task OwnNowAsync(Swap swap, CancellationToken cancel) =>
        CloseAsync(
            swap, AuditResult.Refused, $"The settings name database {swap.Spare} as {swap.Instance}'s own now: it is left alone.", cancel);

    public static AuditEvent Event(Swap swap) => new("cache.flush.purge", AuditEvent.Console)
    {
        Instance = swap.Instance,
        RunId = swap.RunId,
        Database = swap.Spare,
        Subject = swap.Id.ToString(),
    };

    /// <summary>How to take away by hand what nobody looks after any more.</summary>
    public static string Left(Swap swap) =>
        $"What the server process {swap.RunId} keeps in database {swap.Spare} is nobody's now. Copy, once INFO shows that run_id and "
            + $"nobody else uses that database: valkey-cli -n {swap.Spare} FLUSHDB ASYNC.";
}
