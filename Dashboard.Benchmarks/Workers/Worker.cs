using System.Text.Json;

namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// This program as its own child process: it does the console's work and nothing else, so that the kernel's count of its processor time is
/// that of the console.
/// </summary>
/// <remarks>
/// It is asked over standard input, one line per question: first what to watch, then what the kind of worker knows; it answers each with a
/// line. It ends with its input.
/// </remarks>
internal static class Worker
{
    /// <summary>The argument that makes this program a worker.</summary>
    public const string Argument = "--worker";

    public static async Task<int> RunAsync(string kind)
    {
        // Ctrl-C is for the parent, which closes the worker's input.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        var setUp = JsonSerializer.Deserialize<WorkerSetUp>(await Console.In.ReadLineAsync() ?? "")
            ?? throw new BenchException("The first input line of a worker must say what to watch.");
        await using IWorker worker = kind switch
        {
            AskWorker.Kind => new AskWorker(setUp),
            WatchWorker.Kind => new WatchWorker(setUp),
            ProbeWorker.Kind => new ProbeWorker(setUp),
            _ => new PollWorker(setUp),
        };
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } question)
        {
            await Console.Out.WriteLineAsync(await worker.AnswerAsync(question));
        }

        return 0;
    }
}
