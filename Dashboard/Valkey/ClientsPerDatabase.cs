namespace Dashboard.Valkey;

/// <summary>How many clients sit on each logical database; our own among them.</summary>
internal sealed record ClientsPerDatabase(IReadOnlyDictionary<int, int> ByDatabase)
{
    public int On(int database) => ByDatabase.GetValueOrDefault(database);
}
