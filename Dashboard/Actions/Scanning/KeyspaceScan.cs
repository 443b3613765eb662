using System.Globalization;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>A paced walk over the keys of one database, page by page. What is done to a page, the server does in the step that checks who it is.</summary>
/// <remarks>A walk that begins again meets keys a second time: what is done to a page has to bear that.</remarks>
internal sealed class KeyspaceScan(IServerActor server, IRunProgress progress, ScanBudget budget, TimeProvider time)
{
    /// <summary>How often a lost page is asked for again, from the beginning of the walk.</summary>
    private const int MostRestarts = 3;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private ScanPacing _pacing = ScanPacing.Begin(budget);
    private int _restarts;
    private double _way;

    /// <summary>Keys that pages showed, in all passes.</summary>
    public long Seen { get; private set; }

    public long Done { get; private set; }

    /// <summary>Keys of pages whose answer was lost, about: what was done to them is in no count, and counts as done where a ceiling is kept.</summary>
    public long Lost { get; private set; }

    /// <summary>Whether it ends by itself where the server stays slow; else it goes on slowly.</summary>
    public bool EndsWhereSlow { get; init; } = true;

    /// <summary>It ends once so much is done.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <param name="page">Asks for one page: from its cursor on, of about this size.</param>
    /// <param name="total">Keys there are about; null when that is not known.</param>
    /// <returns>Why it ended early; null when it went over all keys.</returns>
    public async Task<ScanAbort?> OverAsync(Func<string, int, Task<Reply<PreconditionResult<ScanPage>>>> page, long? total, CancellationToken cancel)
    {
        var cursor = ScanPage.Start;
        do
        {
            if (progress.Stop is { } why)
            {
                return ScanAbort.Stopped(why);
            }

            var asked = time.GetTimestamp();
            var reply = await page(cursor, _pacing.Size);
            if (reply.Fault is { } fault)
            {
                Lost += fault.Kind is FaultKind.Hung or FaultKind.Closed ? _pacing.Size : 0;
                if (!MayAskAgain(fault))
                {
                    return ScanAbort.OfFault(fault);
                }

                cursor = await BeginAgainAsync(total, cancel);
                continue;
            }

            if (reply.Value!.Failed is { } failed)
            {
                return ScanAbort.OfBreach(failed);
            }

            var now = time.GetElapsedTime(0);
            _pacing = _pacing.After(time.GetElapsedTime(asked), now);
            if (EndsWhereSlow && _pacing.HasToEndAt(now))
            {
                return ScanAbort.TooSlow;
            }

            cursor = Turn(reply.Value.Value, total);
            if (cursor == ScanPage.Start || Done + Lost >= Most)
            {
                return cursor == ScanPage.Start ? null : ScanAbort.AtCeiling(Most);
            }

            await Task.Delay(_pacing.Pause, time, cancel);
        }
        while (true);
    }

    private bool MayAskAgain(Fault fault) => _restarts < MostRestarts && fault.Kind is FaultKind.Hung or FaultKind.Closed or FaultKind.Refused;

    /// <summary>A cursor is good for the connection's server alone, and which page was lost is not known.</summary>
    private async Task<string> BeginAgainAsync(long? total, CancellationToken cancel)
    {
        (_restarts, _way) = (_restarts + 1, 0);
        progress.Tell(0, total, "the connection was lost; the walk begins again");
        for (var waited = TimeSpan.Zero; waited < ScanPacing.Abort && progress.Stop is null; waited += Look)
        {
            await Task.Delay(Look, time, cancel);
        }

        // Pages never connect by themselves. What comes of this, the next page tells.
        await server.InfoAsync(cancel);
        return ScanPage.Start;
    }

    private string Turn(ScanPage page, long? total)
    {
        (Seen, Done, _way) = (Seen + page.Seen, Done + page.Done, Math.Max(_way, WayOf(page.Cursor)));
        progress.Tell((long)(_way * (total ?? 0)), total, _pacing.IsHeld ? "slowed down: the server takes longer than when it began" : "");
        return page.Cursor;
    }

    /// <summary>
    /// How much of a walk is behind it, 0 to 1. The keys that pages show do not tell: those that ran out are dropped and not shown. A cursor counts
    /// with its bits turned round, whatever the size of the server's table (dictScan in dict.c). One that does not makes an odd bar and no harm.
    /// </summary>
    private static double WayOf(string cursor)
    {
        if (cursor == ScanPage.Start || !ulong.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return cursor == ScanPage.Start ? 1 : 0;
        }

        var turned = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            turned = (turned << 1) | ((bits >> bit) & 1);
        }

        return turned / (double)ulong.MaxValue;
    }
}
