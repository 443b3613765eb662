using System.Text.Json;

namespace Dashboard.Benchmarks.Workers;

/// <summary>
/// This program as its own child: does the console's work and nothing else, so that the kernel's count of its processor time is the
/// console's.
/// </summary>
/// <remarks>
/// Told over standard input, one line a question: first what to watch, then what the kind of worker knows; each is answered by a line. Ends
/// with its input.
/// </remarks>
internal static class Worker
{
    /// <summary>What makes this program a worker.</summary>
    public const string Argument = "--worker";

    public static async Task<int> RunAsync(string kind)
    {
        // Ctrl-C is for the parent, which closes our input.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        var setUp = JsonSerializer.Deserialize<WorkerSetUp>(await Console.In.ReadLineAsync() ?? "") ?? throw new BenchException("A "
            + "worker is told first what to watch.");
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
