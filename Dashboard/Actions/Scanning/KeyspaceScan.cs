using System.Globalization;
using Dashboard.Valkey;

namespace Dashboard.Actions.Scanning;

/// <summary>
/// A paced scan over the keys of one database, page by page. The server acts on a page in the same step that checks which server it is.
/// </summary>
/// <remarks>A scan that restarts meets keys a second time: what is done to a page must tolerate that.</remarks>
internal sealed class KeyspaceScan(IServerActor server, IScanProgress progress, ScanBudget budget, TimeProvider time)
{
    /// <summary>How often the scan restarts from the beginning after a lost page.</summary>
    private const int MaxRestarts = 3;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(250);

    private ScanPacing _pacing = ScanPacing.Begin(budget);
    private int _restarts;
    private double _fraction;

    /// <summary>Keys that pages showed, in all passes.</summary>
    public long Seen { get; private set; }

    public long Done { get; private set; }

    /// <summary>
    /// About how many keys were in pages whose answer was lost. What was done to them is in no count, and counts as done where a ceiling is
    /// kept.
    /// </summary>
    public long Lost { get; private set; }

    /// <summary>
    /// Keys of the present pass that the server left, see <see cref="ScanPage.Left"/>. A key that a shrinking table shows twice counts
    /// twice.
    /// </summary>
    public long Left { get; private set; }

    /// <summary>Whether the scan ends where the server stays slow; otherwise it continues slowly.</summary>
    public bool EndsWhereSlow { get; init; } = true;

    /// <summary>Called before a scan whose page was lost begins again: it meets all keys a second time.</summary>
    public Action? Restarts { get; init; }

    /// <summary>Whether a page whose answer was lost may have been acted on; where pages are only read, nothing was.</summary>
    public bool ActsOnPages { get; init; } = true;

    /// <summary>The scan ends once this many keys are done or lost.</summary>
    public long MaxDone { get; init; } = long.MaxValue;

    /// <param name="page">Requests one page: from its cursor on, of about this size.</param>
    /// <param name="total">About how many keys there are; null when that is not known.</param>
    /// <returns>Why it ended early; null when it covered all keys.</returns>
    public async Task<ScanAbort?> OverAsync(
        Func<string, int, Task<Reply<PreconditionResult<ScanPage>>>> page, long? total, CancellationToken cancel)
    {
        (var cursor, Left) = (ScanPage.Start, 0);
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
                Lost += ActsOnPages && (fault.Kind is FaultKind.Hung or FaultKind.Closed) ? _pacing.Size : 0;
                if (!MayRestart(fault))
                {
                    return ScanAbort.OfFault(fault);
                }

                cursor = await RestartAsync(total, cancel);
                continue;
            }

            if (reply.Value!.Failed is { } failed)
            {
                return ScanAbort.OfBreach(failed);
            }

            var now = time.GetElapsedTime(0);
            _pacing = _pacing.After(reply.Value.Value.RoundTrip ?? time.GetElapsedTime(asked), now);
            if (EndsWhereSlow && _pacing.HasToEndAt(now))
            {
                return ScanAbort.TooSlow;
            }

            cursor = Advance(reply.Value.Value, total);
            if (cursor == ScanPage.Start || Done + Lost >= MaxDone)
            {
                return cursor == ScanPage.Start ? null : ScanAbort.AtCeiling(MaxDone);
            }

            await Task.Delay(_pacing.Pause, time, cancel);
        }
        while (true);
    }

    private bool MayRestart(Fault fault) =>
        _restarts < MaxRestarts && fault.Kind is FaultKind.Hung or FaultKind.Closed or FaultKind.Refused;

    /// <summary>Restarts the scan: a cursor is valid only on the server of its connection, and which page was lost is not known.</summary>
    private async Task<string> RestartAsync(long? total, CancellationToken cancel)
    {
        (_restarts, _fraction, Left) = (_restarts + 1, 0, 0);
        Restarts?.Invoke();
        progress.Report(0, total, "the connection was lost; the scan starts again");
        for (var waited = TimeSpan.Zero; waited < ScanPacing.AbortAfter && progress.Stop is null; waited += CheckInterval)
        {
            await Task.Delay(CheckInterval, time, cancel);
        }

        // Pages never connect on their own. Whether this succeeded shows at the next page.
        await server.InfoAsync(cancel);
        return ScanPage.Start;
    }

    private string Advance(ScanPage page, long? total)
    {
        (Seen, Done, Left) = (Seen + page.Seen, Done + page.Done, Left + page.Left);
        _fraction = Math.Max(_fraction, FractionOf(page.Cursor));
        progress.Report(
            (long)(_fraction * (total ?? 0)),
            total,
            _pacing.IsSlowed ? "slowed down: the server answers more slowly than at the start" : "");
        return page.Cursor;
    }

    /// <summary>
    /// How much of the scan is done, 0 to 1. The number of keys shown does not say it: expired keys are dropped and not shown. A cursor
    /// counts up with its bits reversed, whatever the size of the server's table (dictScan in dict.c). A cursor that does not would only
    /// make the progress bar wrong.
    /// </summary>
    private static double FractionOf(string cursor)
    {
        if (cursor == ScanPage.Start || !ulong.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var bits))
        {
            return cursor == ScanPage.Start ? 1 : 0;
        }

        var reversed = 0UL;
        for (var bit = 0; bit < 64; bit++)
        {
            reversed = (reversed << 1) | ((bits >> bit) & 1);
        }

        return reversed / (double)ulong.MaxValue;
    }
}
