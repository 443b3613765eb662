using Dapper;
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
