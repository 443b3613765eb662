using System.Globalization;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;

namespace Dashboard.Benchmarks.Workers;

/// <summary>Sends INFO to one server over the watching connection, again and again, and does nothing with the answers.</summary>
internal sealed class AskWorker(WorkerSetUp setUp) : IWorker
{
    public const string Kind = "ask";

    private readonly IServerWatcher _server =
        new ValkeyServers(TimeProvider.System).Watcher(setUp.Watched[0].Instance(), ValkeyServers.DefaultTimeout);

    /// <param name="question">How often, and the pause after each in milliseconds: <c>500 10</c>.</param>
    /// <returns>The last answer's length.</returns>
    /// <exception cref="BenchException">The server did not answer.</exception>
    public async Task<string> AnswerAsync(string question)
    {
        var numbers = question.Split(' ');
        var (count, pause) = (int.Parse(numbers[0], CultureInfo.InvariantCulture), int.Parse(numbers[1], CultureInfo.InvariantCulture));
        var length = 0;
        for (; count > 0; count--)
        {
            var reply = await _server.InfoAsync(default);
            length = reply.Fault is { } fault ? throw new BenchException($"The server gave no INFO: {fault}") : reply.Value!.Length;
            await (pause > 0 ? Task.Delay(TimeSpan.FromMilliseconds(pause), TimeProvider.System) : Task.CompletedTask);
        }

        return length.ToString(CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
