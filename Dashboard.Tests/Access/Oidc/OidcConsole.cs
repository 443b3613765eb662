using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Audit.Aggregation;
using Dashboard.Consoles;
using Dashboard.Storage;

namespace Dashboard.Access.Oidc;

/// <summary>A console whose people sign in through a provider, shared by the tests of a class.</summary>
public sealed class OidcConsole : IAsyncLifetime
{
    internal FakeOidcProvider Provider { get; private set; } = null!;

    internal HostedConsole Console { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await FakeOidcProvider.StartAsync();
        Console = new(Provider.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal OidcVisit Visit() => new(Console.Visit());

    /// <summary>Reads the newest audit row, gathered failures included, as <c>actor action result subject detail</c>.</summary>
    internal async Task<string> LastRowAsync()
    {
        await Console.Service<AnonymousFailures>().FlushAsync(TestContext.Current.CancellationToken);
        return await Console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<string>(
            "SELECT actor || ' ' || action || ' ' || result || ' ' || coalesce(subject, '-') || ' ' || coalesce(detail, '-') FROM audit "
                + "ORDER BY sequence DESC LIMIT 1"), TestContext.Current.CancellationToken);
    }

    internal Task<int> CountAsync(string sql) =>
        Console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>(sql), TestContext.Current.CancellationToken);

    internal Task<int> WriteAsync(string sql) => Console.Service<IConsoleStore>().WriteAsync(
        transaction => transaction.Connection!.Execute(sql, transaction: transaction), TestContext.Current.CancellationToken);

    internal Task<string> NowAsync(string name) => Console.Service<IConsoleStore>().ReadAsync(
        connection =>
            AccountTable.FindByName(connection, name) is { } account ? AccountTable.GrantsOf(connection, account.Id).ToString() : "nobody",
                TestContext.Current.CancellationToken);
}
