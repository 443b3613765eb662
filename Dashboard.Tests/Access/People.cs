using System.Net;
using System.Security.Claims;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access;

/// <summary>The accounts of a hosted console and its database, for tests that change them while the console runs.</summary>
internal sealed class People(HostedConsole console)
{
    public const string Chosen = "a long and quiet evening";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public IConsoleStore Store => console.Service<IConsoleStore>();

    public AccountAdministration Administration => console.Service<AccountAdministration>();

    /// <summary>Invites a person, who chooses the password <see cref="Chosen"/>.</summary>
    public async Task<Account> AddAsync(string name, string roles)
    {
        var link =
            (await Administration.InviteAsync(
                await SessionAsync(await FindAsync(HostedConsole.Owner)), name, Grants.Parse(roles, out _), Cancel)).Value!;
        Assert.Null(await AcceptAsync(link));
        return await FindAsync(name);
    }

    public Task<string?> AcceptAsync(string link) =>
        InScopeAsync<InvitationAcceptance, string?>(acceptance => acceptance.AcceptAsync(link, "", Chosen, IPAddress.Loopback, Cancel));

    public Task<Account> FindAsync(string name) => Store.ReadAsync(connection => AccountTable.FindByName(connection, name)!, Cancel);

    public async Task<string> SessionAsync(Account account) => (await PersonAsync(account)).SessionId()!;

    public async Task<ClaimsPrincipal> PersonAsync(Account account) =>
        (await console.Service<SessionIssuer>().LetInAsync(account, null, "password", Cancel))!;

    /// <summary>Turns the second factor on.</summary>
    /// <param name="code">Computes a code from the key.</param>
    public async Task<(string Key, IReadOnlyList<string> Recovery)> WithFactorAsync(Account account, Func<string, string> code)
    {
        var (key, field) = console.Service<AuthenticatorKeys>().Offer(account);
        var person = await PersonAsync(account);
        var (codes, fault) =
            await InScopeAsync<AccountSelfService, (IReadOnlyList<string>?, string?)>(
                own => own.EnableAsync(person, Chosen, field, code(key), null, Cancel));
        Assert.Null(fault);
        return (key, codes!);
    }

    public async Task<TResult> InScopeAsync<T, TResult>(Func<T, Task<TResult>> act)
        where T : notnull
    {
        await using var scope = console.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<T>());
    }

    public Task<int> WriteAsync(string sql) =>
        Store.WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    public Task<T> AskAsync<T>(string sql) => Store.ReadAsync(connection => connection.QuerySingle<T>(sql), Cancel);
}
