namespace Dashboard.Benchmarks.Workers;

/// <summary>One kind of the console's work.</summary>
internal interface IWorker : IAsyncDisposable
{
    /// <returns>One line, when it is done.</returns>
    Task<string> AnswerAsync(string question);
}
