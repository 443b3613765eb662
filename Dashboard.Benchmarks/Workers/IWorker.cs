namespace Dashboard.Benchmarks.Workers;

/// <summary>One part of the console's work, done in a worker process.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <returns>One line, when the work is done.</returns>
    Task<string> AnswerAsync(string question);
}
