using Dashboard.Benchmarks.Actions;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Workers;

/// <summary>One stretch of asking, on a thread of its own. Nothing in it allocates.</summary>
internal sealed class Probing
{
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly RoundTrips _times = new();
    private readonly RoundTrips _served = new();
    private readonly ProbeConnection _connection;
    private readonly ProcessorWait _server;
    private readonly Action _rest;
    private readonly Thread _thread;
    private volatile bool _ends;

    /// <param name="rest">Called after each round trip.</param>
    public Probing(ProbeConnection connection, ProcessorWait server, Action rest)
    {
        (_connection, _server, _rest, _thread) = (connection, server, rest, new Thread(Run));
        _thread.Start();
    }

    public RoundTripSummary End()
    {
        _ends = true;
        _thread.Join();
        return new(
            _times.Worst.TotalMilliseconds, _served.Worst.TotalMilliseconds, _times.At(0.99).TotalMilliseconds,
            _served.At(0.99).TotalMilliseconds, _times.At(0.5).TotalMilliseconds,
            _times.Count / TimeProvider.System.GetElapsedTime(_began).TotalSeconds);
    }

    private void Run()
    {
        using var own = ProcessorWait.OfThisThread();
        while (!_ends)
        {
            Ask(own);
            _rest();
        }
    }

    private void Ask(ProcessorWait own)
    {
        var (serverWaited, waited, asked) = (_server.Read(), own.Read(), TimeProvider.System.GetTimestamp());
        _connection.Get();
        var took = TimeProvider.System.GetElapsedTime(asked);
        _times.Add(took);
        // The two may have waited at the same time: only the longer wait is certain. It was read before and after, and may be longer.
        _served.Add(Longer(TimeSpan.Zero, took - Longer(_server.Read() - serverWaited, own.Read() - waited)));
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
