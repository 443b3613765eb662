using Dashboard.Info;
using Dashboard.Valkey;

namespace Dashboard.Actions;

/// <summary>A paced walk over the keys of one database, page by page. What is done to a page, the server does in the step that checks who it is.</summary>
internal sealed class Walk(IRunProgress progress, TimeProvider time)
{
    /// <summary>How often a lost page is asked for again, from the beginning of the walk.</summary>
    private const int MostRestarts = 3;

    private Pace _pace = Pace.Begin;
    private int _restarts;

    public long Seen { get; private set; }

    public long Done { get; private set; }

    /// <param name="page">Asks for one page: from its cursor on, of about this size.</param>
    /// <param name="total">Keys there are about; null when that is not known.</param>
    /// <returns>Why it ended early; null when it went over all keys.</returns>
    public async Task<WalkEnd?> OverAsync(Func<string, int, Task<Reply<Guarded<Page>>>> page, long? total, CancellationToken cancel)
    {
        var cursor = Page.Start;
        do
        {
            if (!progress.MayGoOn)
            {
                return WalkEnd.Cancelled;
            }

            var asked = time.GetTimestamp();
            var reply = await page(cursor, _pace.Size);
            if (reply.Fault is { } fault)
            {
                if (!MayAskAgain(fault))
                {
                    return WalkEnd.OfFault(fault);
                }

                // A cursor is good for the connection's server alone, and which page was lost is not known.
                (cursor, _restarts) = (Page.Start, _restarts + 1);
                progress.Tell(Done, total, "the connection was lost; the walk begins again");
                await Task.Delay(Pace.Abort, time, cancel);
                continue;
            }

            if (reply.Value!.Breach is { } breach)
            {
                return WalkEnd.OfBreach(breach);
            }

            var now = time.GetElapsedTime(0);
            _pace = _pace.After(time.GetElapsedTime(asked), now);
            if (_pace.HasToEndAt(now))
            {
                return WalkEnd.TooSlow;
            }

            var (next, seen, done) = reply.Value.Value;
            (cursor, Seen, Done) = (next, Seen + seen, Done + done);
            progress.Tell(Seen, total, _pace.IsHeld ? "slowed down: the server takes longer than when it began" : "");
            if (cursor != Page.Start)
            {
                await Task.Delay(_pace.Pause, time, cancel);
            }
        }
        while (cursor != Page.Start);

        return null;
    }

    private bool MayAskAgain(Fault fault) => _restarts < MostRestarts && fault.Kind is FaultKind.Hung or FaultKind.Closed or FaultKind.Refused;
}
