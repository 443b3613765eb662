using Dashboard.Benchmarks.Report;

namespace Dashboard.Benchmarks;

/// <summary>Runs the requested benchmarks, one after the other, and reports the results.</summary>
internal static class Bench
{
    /// <summary>Every goal is met.</summary>
    private const int AllHold = 0;

    /// <summary>A goal is not met, or could not be measured.</summary>
    private const int SomeDoNot = 1;

    /// <summary>The command line was not understood.</summary>
    private const int WrongUsage = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (BenchArguments.Read(args) is not { } asked)
        {
            return WrongUsage;
        }

        if (asked.List)
        {
            BenchmarkList.All.ToList().ForEach(benchmark => Console.WriteLine($"{benchmark.Name,-18} {benchmark.What}"));
            return AllHold;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        var run = new BenchRun(Repository.Root(), asked.Quick);
        Console.WriteLine(Machine.Describe());
        var measures = await MeasureAsync(run, asked.Benchmarks, stop.Token);
        Console.WriteLine(ResultTable.Of(measures, run.Quick));
        if (asked.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, ResultJson.Of(measures), CancellationToken.None);
        }

        return measures.All(measure => measure.Holds) ? AllHold : SomeDoNot;
    }

    private static async Task<List<Measure>> MeasureAsync(BenchRun run, IReadOnlyList<IBenchmark> benchmarks, CancellationToken cancel)
    {
        var measures = new List<Measure>();
        foreach (var benchmark in benchmarks)
        {
            Console.Error.WriteLine($"{benchmark.Name}: {benchmark.What}");
            try
            {
                measures.AddRange(await benchmark.RunAsync(run, cancel));
            }
            catch (Exception error) when (error is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // The others can still be measured.
                measures.Add(Measure.Missing(benchmark.Name, error is BenchException ? error.Message : error.ToString()));
            }
            catch (OperationCanceledException)
            {
                measures.Add(Measure.Missing(benchmark.Name, "stopped by Ctrl-C"));
                break;
            }
        }

        return measures;
    }
}
