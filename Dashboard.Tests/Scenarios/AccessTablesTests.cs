using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.ApiTokens;
using Dashboard.Actions.Execution;
using Dashboard.Actions.Flush.Retention;
using Dashboard.Instances;
using Dashboard.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Scenarios;

/// <summary>Files of an earlier version, after the upgrade.</summary>
public sealed class AccessTablesTests
{
    private const string Folder = "Dashboard.Store.ConsoleTables.";

    [Fact]
    public void EarlierFile_KeepsItsAccounts_AndEndsSessionsStoredByTheirId()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0004") < 0);
        connection.Execute(
            "INSERT INTO accounts (id, name, plain_name, security_stamp, authenticator_key, two_factor, created_at) VALUES ('1', "
                + "'owner', 'OWNER', 's', 'in use', 1, 1), ('2', 'guest', 'GUEST', 's', 'shown once', 0, 1)");
        connection.Execute(
            "INSERT INTO sessions (id, account, stamp, begun_at, active_at, confirmed_at) VALUES ('the id itself', '1', 's', 1, 1, 1)");

        Run(connection, script => string.CompareOrdinal(script, Folder + "0004") > 0);

        Assert.Equal(
            ["owner in use", "guest none"],
            AccountTable.All(connection).Select(account => $"{account.Name} {account.AuthenticatorKey ?? "none"}").Reverse());
        Assert.Equal(0, connection.QuerySingle<int>("SELECT count(hash) FROM sessions"));
    }

    /// <summary>
    /// Tokens of an earlier version hold the name of their maker. They are bound to the account that had that name then, and to no other.
    /// </summary>
    [Theory]
    [InlineData("anna", 1_000, 2_000, "1")]
    [InlineData("anna", 2_000, 2_000, "1")]
    [InlineData("Anna", 1_000, 2_000, "1")] // the same name: case does not make another account
    [InlineData("anna", 3_000, 2_000, null)] // an account that is newer than the token is another person's
    [InlineData("ben", 1_000, 2_000, null)]
    public void EarlierToken_IsBoundToTheAccountThatMadeIt(string name, long created, long made, string? responsible)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0007") < 0);
        connection.Execute(
            "INSERT INTO accounts (id, name, plain_name, security_stamp, created_at) VALUES ('1', 'anna', 'ANNA', 's', @created)",
            new { created });
        connection.Execute("INSERT INTO grants (account, role) VALUES ('1', 'owner')");
        connection.Execute(
            "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until) VALUES ('t', 'grafana', 'h', 'api', @name, "
                + "@made, 10000)", new { name, made });

        Run(connection, script => string.CompareOrdinal(script, Folder + "0007") > 0);

        var token = Assert.Single(ApiTokenTable.All(connection));
        Assert.Equal((responsible, name, false), (token.Owner.Account, token.MadeBy, token.Owner.Adopted));
        Assert.Equal(
            responsible is null ? $"the account that answers for it is unknown (made by {name})" : null,
            token.Owner.FaultAt(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>
    /// Giving the account or the role back after the upgrade does not restart the token, as for an account that is disabled today.
    /// </summary>
    [Theory]
    [InlineData("UPDATE accounts SET disabled_at = 5", "UPDATE accounts SET disabled_at = NULL")]
    [InlineData("UPDATE grants SET role = 'viewer'", "UPDATE grants SET role = 'owner'")]
    [InlineData("UPDATE grants SET instance = 'cache'", "UPDATE grants SET instance = ''")]
    public void EarlierToken_OfAFormerOwner_StaysStopped(string lost, string back)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0007") < 0);
        connection.Execute("INSERT INTO accounts (id, name, plain_name, security_stamp, created_at) VALUES ('1', 'anna', 'ANNA', 's', 1)");
        connection.Execute("INSERT INTO grants (account, role) VALUES ('1', 'owner')");
        connection.Execute(
            "INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until) VALUES ('t', 'grafana', 'h', 'api', 'anna', 2, "
                + "10000)");
        connection.Execute(lost);
        Run(connection, script => string.CompareOrdinal(script, Folder + "0007") > 0);

        connection.Execute(back);

        Assert.Contains(
            "was disabled or lost the role owner (known since ",
            Assert.Single(ApiTokenTable.All(connection)).Owner.FaultAt(TimeProvider.System.GetUtcNow()), StringComparison.Ordinal);
    }

    [Fact]
    public void EarlierFile_WithManyFinishedRunsAndFlushes_LosesAHundredOfEachAtATime()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Run(connection, script => string.CompareOrdinal(script, Folder + "0008") < 0);
        const string Numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) ";
        connection.Execute(
            Numbers + "INSERT INTO runs (id, action, instance, run_id, database, scope, operator, replica, lease, begun_at, ended_at) "
                + "SELECT 'run ' || i, 'a', 'cache', 'r', 0, '', 'guest', 'here', i, i, i FROM n");
        connection.Execute(
            Numbers + "INSERT INTO swaps (id, instance, run_id, database, spare, keys, operator, state, swapped_at, ends_at, ended_at) "
                + "SELECT 'swap ' || i, 'cache', 'r', 0, 15, 1, 'guest', 'over', i, i, i FROM n");

        Run(connection, script => string.CompareOrdinal(script, Folder + "0008") > 0);

        var (now, cache) = (DateTimeOffset.FromUnixTimeMilliseconds(5_000), InstanceId.Of("cache"));
        using var transaction = connection.BeginTransaction();
        RunTable.Prune(transaction, cache, RunStore.MaxRunsPerInstance, now - RunStore.MaxAge, RunStore.MinRunsKept, [], 100);
        RetainedFlushTable.Prune(transaction, cache, RetainedFlushes.MaxClosed, now - RetainedFlushes.MaxAge, 100);
        Assert.Equal((4_900, 101), connection.QuerySingle<(int, int)>("SELECT count(*), min(begun_at) FROM runs"));
        Assert.Equal((4_900, 101), connection.QuerySingle<(int, int)>("SELECT count(*), min(ended_at) FROM swaps"));
    }

    private static void Run(SqliteConnection connection, Func<string, bool> which)
    {
        var program = typeof(IConsoleStore).Assembly;
        foreach (var script in program.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && which(name)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(program.GetManifestResourceStream(script)!);
            connection.Execute(reader.ReadToEnd());
        }
    }
}
