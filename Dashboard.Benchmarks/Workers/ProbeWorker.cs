using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dashboard.Benchmarks.Actions;
using Dashboard.Benchmarks.Measuring;

namespace Dashboard.Benchmarks.Workers;

/// <summary>Another client of the server: asks again and again and times each round trip.</summary>
internal sealed class ProbeWorker(WorkerSetUp setUp) : IWorker
{
    public const string Kind = "probe";

    public const string End = "end";

    /// <summary>Round trips until the code is compiled at its best.</summary>
    private const int WarmUp = 20_000;

    private readonly ProbeConnection _connection = new(setUp.Watched[0]);
    private ProcessorWait? _server;
    private Probing? _probing;

    /// <param name="question">To begin, the server's process and the pause after each round trip in microseconds: <c>4711 600</c>; or
    /// <see cref="End"/>.</param>
    /// <returns>A <see cref="RoundTripSummary"/> at the end.</returns>
    public Task<string> AnswerAsync(string question) => Task.FromResult(question == End ? Finish() : Begin(question.Split(' ')));

    public ValueTask DisposeAsync()
    {
        _probing?.End();
        _server?.Dispose();
        _connection.Dispose();
        return ValueTask.CompletedTask;
    }

    private string Begin(string[] numbers)
    {
        _server ??= Warm(ProcessorWait.Of(int.Parse(numbers[0], CultureInfo.InvariantCulture)));
        var pause = uint.Parse(numbers[1], CultureInfo.InvariantCulture);
        _probing = new(_connection, _server, pause == 0 ? () => { } : () => _ = usleep(pause));
        return "begun";
    }

    private ProcessorWait Warm(ProcessorWait server)
    {
        var left = WarmUp;
        using var done = new ManualResetEventSlim();
        var warming = new Probing(_connection, server, () =>
        {
            if (--left == 0)
            {
                done.Set();
            }
        });
        if (!done.Wait(TimeSpan.FromMinutes(1)))
        {
            throw new BenchException(
                "The server answered the probe too rarely to begin. Check whether another program keeps the machine busy.");
        }

        warming.End();
        return server;
    }

    private string Finish()
    {
        var roundTripSummary = _probing!.End();
        _probing = null;
        return JsonSerializer.Serialize(roundTripSummary);
    }

    // The shortest wait that .NET itself offers is a millisecond.
    [DllImport("libc")]
    private static extern int usleep(uint microseconds);
}
