namespace Dashboard.Info;

/// <summary>
/// The answers of real servers to <c>INFO everything</c>, line ends kept, one file per server and situation in <c>Samples/</c>.
/// </summary>
/// <remarks>
/// cache evicts at 8 MB; session has an append-only file, a replica and 37 of 5,037 tokens without TTL; full-noeviction refused thousands
/// of writes.
/// </remarks>
internal static class Recorded
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Info", "Samples");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    /// <summary>Every recording as a row of a theory.</summary>
    public static TheoryData<string> Each => [.. Names];

    /// <summary>The two servers whose recordings share their situations: <c>valkey-8.0.1</c>, <c>redis-7.0.15</c>.</summary>
    public static TheoryData<string> Servers => ["redis-7.0.15", "valkey-8.0.1"];

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".txt"));

    public static Snapshot Snapshot(string name) => Info.Snapshot.Parse(Text(name));
}
