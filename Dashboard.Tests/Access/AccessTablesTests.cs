using Dapper;
using Dashboard.Actions;
using Dashboard.Actions.Flush;
using Dashboard.Instances;
using Dashboard.Store;
using Microsoft.Data.Sqlite;

namespace Dashboard.Access;

/// <summary>What becomes of a file that an earlier version wrote.</summary>
public sealed class AccessTablesTests
{
    private const string Folder = "Dashboard.Store.ConsoleTables.";

    [Fact]
    public void EarlierFile_KeepsItsPeople_AndEndsSessionsThatWereKeptByTheirId()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0004") < 0);
        connection.Execute(
            "INSERT INTO accounts (id, name, plain_name, security_stamp, authenticator_key, two_factor, created_at) VALUES ('1', 'owner', 'OWNER', 's', 'in use', 1, 1), ('2', 'guest', 'GUEST', 's', 'shown once', 0, 1)");
        connection.Execute("INSERT INTO sessions (id, account, stamp, begun_at, active_at, confirmed_at) VALUES ('the id itself', '1', 's', 1, 1, 1)");

        Run(connection, script => string.CompareOrdinal(script, Folder + "0004") > 0);

        Assert.Equal(["owner in use", "guest none"], AccountTable.All(connection).Select(account => $"{account.Name} {account.AuthenticatorKey ?? "none"}").Reverse());
        Assert.Equal(0, connection.QuerySingle<int>("SELECT count(hash) FROM sessions"));
    }

    [Fact]
    public void EarlierFile_WithManyRunsAndFlushesThatAreOver_LosesAHundredOfEachWithTheNext()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0008") < 0);
        const string Numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) ";
        connection.Execute(Numbers + "INSERT INTO runs (id, action, instance, run_id, database, scope, operator, replica, lease, begun_at, ended_at) SELECT 'run ' || i, 'a', 'cache', 'r', 0, '', 'guest', 'here', i, i, i FROM n");
        connection.Execute(Numbers + "INSERT INTO swaps (id, instance, run_id, database, spare, keys, operator, state, swapped_at, ends_at, ended_at) SELECT 'swap ' || i, 'cache', 'r', 0, 15, 1, 'guest', 'over', i, i, i FROM n");

        Run(connection, script => string.CompareOrdinal(script, Folder + "0008") > 0);

        var (now, cache) = (DateTimeOffset.FromUnixTimeMilliseconds(5_000), InstanceId.Of("cache"));
        using var transaction = connection.BeginTransaction();
        RunTable.Prune(transaction, cache, RunBook.Most, now - RunBook.Kept, RunBook.Newest, 100);
        SwapTable.Prune(transaction, cache, SwapBook.Most, now - SwapBook.Kept, now, 100);
        Assert.Equal((4_900, 101), connection.QuerySingle<(int, int)>("SELECT count(*), min(begun_at) FROM runs"));
        Assert.Equal((4_900, 101), connection.QuerySingle<(int, int)>("SELECT count(*), min(ended_at) FROM swaps"));
    }

    private static void Run(SqliteConnection connection, Func<string, bool> which)
    {
        var program = typeof(ConsoleStore).Assembly;
        foreach (var script in program.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && which(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(script)!);
            connection.Execute(reader.ReadToEnd());
        }
    }
}
