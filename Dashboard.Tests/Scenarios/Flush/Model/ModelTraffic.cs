namespace Dashboard.Scenarios.Flush.Model;

/// <summary>Which keys other clients write and remove, by chance.</summary>
/// <param name="keys">How many keys there were at first.</param>
internal sealed class ModelTraffic(OtherClients others, int keys, int seed)
{
    private readonly Random _random = new(seed);

    public Task FillAsync() => others.WriteAsync(inSpare: false, Enumerable.Range(1, keys).Select(number => $"page:{number}"));

    /// <exception cref="InvalidOperationException">That is no doing of other clients.</exception>
    public async Task HappenAsync(Disturbance kind)
    {
        switch (kind)
        {
            case Disturbance.OthersWrite:
                await others.WriteAsync(inSpare: false, Names("page", 8));
                break;
            case Disturbance.OthersWriteSpare:
                await others.WriteAsync(inSpare: true, Names(_random.Next(3) == 0 ? "page" : "other", 4));
                break;
            case Disturbance.Evict:
                await others.RemoveAsync(inSpare: true, Names("page", 20));
                break;
            case Disturbance.EvictToken:
                await others.EvictTokenAsync();
                break;
            case Disturbance.FlushAll:
                await others.FlushAllAsync();
                break;
            default:
                throw new InvalidOperationException($"{kind} is not done anywhere.");
        }
    }

    private IEnumerable<string> Names(string kind, int most) =>
        Enumerable.Range(0, 1 + _random.Next(most)).Select(_ => $"{kind}:{1 + _random.Next(keys + 5)}").Distinct();
}
