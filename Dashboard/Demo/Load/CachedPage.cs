namespace Dashboard.Demo.Load;

/// <summary>
/// One item that the application caches, derived from its popularity alone: the same rank always gives the same key and size.
/// </summary>
/// <param name="Bytes">256 to 40,000; about 6,000 on average.</param>
/// <param name="Life">Null for a page that stays until it is evicted.</param>
internal readonly record struct CachedPage(string Key, int Bytes, TimeSpan? Life)
{
    public const int LargestBytes = 40_000;

    private static readonly (string Name, TimeSpan? Life)[] Kinds =
    [
        ("views/products", null),
        ("views/orders", TimeSpan.FromHours(12)),
        ("api/v1/users", TimeSpan.FromHours(1)),
        ("queries/reports", TimeSpan.FromMinutes(10)),
        ("api/v1/feed", TimeSpan.FromSeconds(45)),
    ];

    public static CachedPage OfRank(int rank)
    {
        // Knuth's multiplicative hash: spreads neighbours in popularity over kinds and sizes.
        var hash = unchecked((uint)rank * 2654435761u);
        var (name, life) = Kinds[hash % Kinds.Length];
        return new CachedPage($"{name}/{rank}", Size(hash >> 8), life);
    }

    private static int Size(uint hash) => (hash % 10) switch
    {
        < 6 => 256 + (int)(hash / 10 % 2_000),
        < 9 => 2_000 + (int)(hash / 10 % 10_000),
        _ => 12_000 + (int)(hash / 10 % (LargestBytes - 12_000)),
    };
}
