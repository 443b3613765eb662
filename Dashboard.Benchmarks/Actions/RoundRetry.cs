namespace Dashboard.Benchmarks.Actions;

/// <summary>
/// The rounds of one measurement. A round that failed is repeated: a scan gives up when the machine is too busy with something else.
/// </summary>
internal static class RoundRetry
{
    private const int MaxRetries = 3;

    /// <param name="round">Receives the result of the round before; null in the first.</param>
    /// <exception cref="BenchException">Too many rounds failed.</exception>
    public static async Task<IReadOnlyList<T>> OfAsync<T>(int count, Func<T?, Task<T>> round)
        where T : class
    {
        var (rounds, retries) = (new List<T>(), 0);
        while (rounds.Count < count)
        {
            try
            {
                rounds.Add(await round(rounds.LastOrDefault()));
                BenchRun.ReportProgress($"round {rounds.Count}: {rounds[^1]}");
            }
            catch (BenchException error) when (retries++ < MaxRetries)
            {
                BenchRun.ReportProgress($"repeating the round: {error.Message}");
            }
        }

        return rounds;
    }
}
