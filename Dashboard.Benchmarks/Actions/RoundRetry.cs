namespace Dashboard.Benchmarks.Actions;

/// <summary>
/// The rounds of one measurement. One that failed is done again: a walk gives up by itself when the machine is too busy with something
/// else.
/// </summary>
internal static class RoundRetry
{
    private const int MostAgain = 3;

    /// <param name="round">Gets the round before; null in the first.</param>
    /// <exception cref="BenchException">Too many failed.</exception>
    public static async Task<IReadOnlyList<T>> OfAsync<T>(int count, Func<T?, Task<T>> round)
        where T : class
    {
        var (rounds, again) = (new List<T>(), 0);
        while (rounds.Count < count)
        {
            try
            {
                rounds.Add(await round(rounds.LastOrDefault()));
                BenchRun.Say($"round {rounds.Count}: {rounds[^1]}");
            }
            catch (BenchException error) when (again++ < MostAgain)
            {
                BenchRun.Say($"once more: {error.Message}");
            }
        }

        return rounds;
    }
}
