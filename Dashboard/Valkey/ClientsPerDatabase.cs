namespace Dashboard.Valkey;

/// <summary>How many clients use each logical database, the console's own connections included.</summary>
internal sealed record ClientsPerDatabase(IReadOnlyDictionary<int, int> ByDatabase)
{
    public int On(int database) => ByDatabase.GetValueOrDefault(database);
}
