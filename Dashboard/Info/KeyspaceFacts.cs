namespace Dashboard.Info;

/// <summary>
/// Keys by database. Only databases with keys are listed, so an empty section means no keys, and an absent one means unknown.
/// </summary>
/// <param name="Known">False when the section is missing, or a line of it could not be read: a sum would be too small.</param>
public sealed record KeyspaceFacts(bool Known, IReadOnlyList<DatabaseFacts> Databases)
{
    private const string Section = "Keyspace";

    /// <summary>More keys than any server holds: a larger number is not accepted, so that sums cannot overflow.</summary>
    private const long MaxKeys = 1_000_000_000_000;

    /// <summary>Keys in all databases; null when the server did not report its keyspace.</summary>
    public long? Keys => Known ? Databases.Sum(db => db.Keys) : null;

    /// <summary>Keys with a time to live; null when any database does not say.</summary>
    public long? Expires => Known && Databases.All(db => db.Expires is not null) ? Databases.Sum(db => db.Expires) : null;

    /// <summary>Keys that never expire.</summary>
    public long? WithoutTtl => Keys - Expires;

    /// <summary>Keys in one database, 0 where it is not listed. Meaningful only when <see cref="Known"/>.</summary>
    public long In(int database) => Databases.FirstOrDefault(one => one.Index == database)?.Keys ?? 0;

    public static KeyspaceFacts From(InfoReply info)
    {
        var lines = info.Fields.Where(field => field.Section == Section && field.Name.StartsWith("db", StringComparison.Ordinal))
            .Select(Read).ToList();
        return new(info.HasSection(Section) && !lines.Contains(null), [.. lines.OfType<DatabaseFacts>()]);
    }

    private static DatabaseFacts? Read(InfoField field) =>
        InfoNumbers.Count(field.Name.AsSpan(2)) is long index and <= int.MaxValue
        && InfoNumbers.Part(field.Value, "keys") is { } keys and <= MaxKeys
            ? new((int)index, keys, InfoNumbers.Part(field.Value, "expires") is { } expires ? Math.Min(keys, expires) : null)
            : null;
}
