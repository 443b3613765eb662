using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Benchmarks.Actions;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Workers;

/// <summary>Another client of the server: asks again and again on a thread of its own and times each round trip.</summary>
internal sealed class ProbeWorker(WorkerSetUp setUp) : IWorker
{
    public const string Kind = "probe";

    public const string End = "end";

    /// <summary>Round trips until the code is compiled at its best.</summary>
    private const int WarmUp = 20_000;

    private readonly ProbeConnection _connection = new(setUp.Watched[0]);
    private RoundTrips _times = new();
    private Thread? _thread;
    private bool _warm;
    private volatile bool _ends;

    /// <param name="question">The pause after each round trip in microseconds, to begin; or <see cref="End"/>.</param>
    /// <returns>A <see cref="Look"/> at the end.</returns>
    public Task<string> AnswerAsync(string question) => Task.FromResult(question == End ? Told() : Begin(uint.Parse(question, CultureInfo.InvariantCulture)));

    public ValueTask DisposeAsync()
    {
        Stop();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Begin(uint pause)
    {
        for (var left = _warm ? 0 : WarmUp; left > 0; left--)
        {
            Ask(pause: 0);
        }

        (_warm, _ends, _times) = (true, false, new());
        _thread = new(() =>
        {
            while (!_ends)
            {
                Ask(pause);
            }
        });
        _thread.Start();
        return "begun";
    }

    private void Ask(uint pause)
    {
        var asked = TimeProvider.System.GetTimestamp();
        _connection.Get();
        _times.Add(TimeProvider.System.GetElapsedTime(asked));
        if (pause > 0)
        {
            _ = usleep(pause);
        }
    }

    private string Told()
    {
        Stop();
        return JsonSerializer.Serialize(new Look(_times.Worst.TotalMilliseconds, _times.At(0.99).TotalMilliseconds, _times.At(0.5).TotalMilliseconds, _times.Count));
    }

    private void Stop()
    {
        _ends = true;
        _thread?.Join();
    }

    // The finest wait .NET itself has is a millisecond.
    [DllImport("libc")]
    private static extern int usleep(uint microseconds);
}
