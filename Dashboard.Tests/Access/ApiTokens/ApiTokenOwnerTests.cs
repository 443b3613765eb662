using System.Globalization;
using System.Net;
using Dashboard.Access.Accounts;
using Dashboard.Access.Authorization;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Roles;
using Dashboard.Audit.Aggregation;
using Dashboard.Consoles;

namespace Dashboard.Access.ApiTokens;

/// <summary>A machine token ends with the owner who answers for it, until another owner adopts it.</summary>
[Trait("Slow", "yes")]
public sealed class ApiTokenOwnerTests(SharedPeople shared) : IClassFixture<SharedPeople>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private HostedConsole Console => shared.Console;

    private People People => shared.People;

    private ApiTokenAdministration Tokens => Console.Service<ApiTokenAdministration>();

    /// <summary>The state of console.db at the request decides, whatever changed the account.</summary>
    [Theory]
    [InlineData("UPDATE accounts SET disabled_at = 1 WHERE id = '{0}'", "the owner who made it, {1}, is disabled")]
    [InlineData("DELETE FROM grants WHERE account = '{0}'", "the owner who made it, {1}, is no longer an owner")]
    [InlineData("UPDATE grants SET role = 'flush-admin' WHERE account = '{0}'", "the owner who made it, {1}, is no longer an owner")]
    [InlineData(
        "UPDATE grants SET instance = 'cache' WHERE account = '{0}'",
        "the owner who made it, {1}, is no longer an owner")] // a row that is not a valid grant
    [InlineData("DELETE FROM accounts WHERE id = '{0}'", "the owner who made it, {1}, no longer has an account")]
    [InlineData(
        "UPDATE machine_tokens SET responsible = NULL WHERE responsible = '{0}'",
        "the account that answers for it is unknown (made by {1})")]
    [InlineData(
        "UPDATE accounts SET issuer = 'https://id.example/realms/ops', subject = '{0}', last_sign_in = 1 WHERE id = '{0}'",
        "the owner who made it, {1}, has not signed in through id.example within 90 days, so their role is no longer known")]
    public async Task FormerOwner_TokenEndsAtTheNextRequest_AndTheAuditRowSaysWhy(string sql, string why)
    {
        var (anna, token, id) = await MakeAsync();
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));

        await Console.Service<AnonymousFailures>().FlushAsync(Cancel); // Writes the failures that other tests left.

        await People.WriteAsync(Filled(sql, anna));

        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(ApiTokenAdministration.Prefix + "nobody's"));
        await Console.Service<AnonymousFailures>().FlushAsync(Cancel);
        Assert.Equal(
            $"{id.Name}: {Filled(why, anna)}. An owner can adopt or revoke it on the Accounts page",
            (await People.AskAsync<string>(
                $"SELECT detail FROM audit WHERE action = 'machine-token.stopped' AND subject = '{id.Name}'")).Split("; at")[0]);
        Assert.Equal(Filled(why, anna), (await FindAsync(id.Id)).Owner.FaultAt(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>A lost password or a changed name does not end the role of owner.</summary>
    [Theory]
    [InlineData("reset")]
    [InlineData("recovered by the command")]
    [InlineData("signed out everywhere")]
    [InlineData("renamed")]
    public async Task AccountThatIsStillOwner_KeepsTheToken(string what)
    {
        var (anna, token, id) = await MakeAsync();
        var owner = await OwnerAsync();
        var renamed = SharedPeople.Name("renamed");
        Assert.True(what switch
        {
            "reset" => (await People.Administration.ResetAsync(owner, anna.Id, Cancel)).IsDone,
            "recovered by the command" => (await Console.Service<OwnerRecovery>().RecoverAsync(anna.Name, Cancel)).IsDone,
            "signed out everywhere" => (await People.Administration.EndSessionsAsync(owner, anna.Id, Cancel)).IsDone,
            _ => await People.WriteAsync($"UPDATE accounts SET name = '{renamed}', plain_name = '{AccountNames.Plain(renamed)}' WHERE id "
                + $"= '{anna.Id}'") == 1,
        });

        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        Assert.Equal(
            (anna.Name, what == "renamed" ? renamed : anna.Name), ((await FindAsync(id.Id)).MadeBy, (await FindAsync(id.Id)).Owner.Name));
    }

    [Fact]
    public async Task AccountOfTheSameName_InheritsNothing()
    {
        var (anna, token, id) = await MakeAsync();
        await People.WriteAsync($"DELETE FROM accounts WHERE id = '{anna.Id}'");

        var another = await People.AddAsync(anna.Name, "owner");

        Assert.NotEqual(anna.Id, another.Id);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
        Assert.Equal(
            $"the owner who made it, {anna.Name}, no longer has an account",
            (await FindAsync(id.Id)).Owner.FaultAt(TimeProvider.System.GetUtcNow()));
    }

    /// <summary>Giving the account its role back does not start the token again: an owner has to adopt it.</summary>
    [Theory]
    [InlineData("disabled")]
    [InlineData("demoted")]
    public async Task OwnerRestored_TokenStaysStopped_UntilAnOwnerAdoptsIt(string way)
    {
        var (anna, token, id) = await MakeAsync();
        var owner = await OwnerAsync();

        Assert.True(
            (way == "disabled"
                ? await People.Administration.DisableAsync(owner, anna.Id, Cancel)
                : await GrantAsync(owner, anna, "viewer")).IsDone);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
        Assert.Equal(
            way == "disabled" ? $"stops 1 machine token: {id.Name}" : $"now viewer; stops 1 machine token: {id.Name}",
            await People.AskAsync<string>($"SELECT detail FROM audit WHERE subject = '{anna.Name}' AND action IN ('account.disable', "
                + $"'account.grant')"));

        Assert.True(
            (way == "disabled"
                ? await People.Administration.EnableAsync(owner, anna.Id, Cancel)
                : await GrantAsync(owner, anna, "owner")).IsDone);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
        Assert.StartsWith(
            $"the owner who made it, {anna.Name}, was disabled or lost the role owner (known since ",
            (await FindAsync(id.Id)).Owner.FaultAt(TimeProvider.System.GetUtcNow()), StringComparison.Ordinal);

        Assert.True((await Tokens.AdoptAsync(await OwnerAsync(), id.Id, Cancel)).IsDone);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        var adopted = await FindAsync(id.Id);
        Assert.Equal(
            (anna.Name, HostedConsole.Owner, true, null),
            (adopted.MadeBy, adopted.Owner.Name, adopted.Owner.Adopted, adopted.Owner.FaultAt(TimeProvider.System.GetUtcNow())));
        Assert.StartsWith(
            $"owner made by {anna.Name}; refused until now: the owner who made it, {anna.Name}, was disabled or lost the role owner "
                + $"(known since ",
            await People.AskAsync<string>($"SELECT actor || ' ' || detail FROM audit WHERE action = 'machine-token.adopt' AND subject = "
                + $"'{id.Name}' AND result = 'done'"), StringComparison.Ordinal);
    }

    /// <summary>The new owner answers for the token as the first one did, and no earlier owner does.</summary>
    [Fact]
    public async Task AdoptedToken_EndsWithItsNewOwner_AndNotWithItsMaker()
    {
        var (anna, token, id) = await MakeAsync();
        var ben = await People.AddAsync(SharedPeople.Name("ben"), "owner");
        await People.Administration.DisableAsync(await OwnerAsync(), anna.Id, Cancel);
        Assert.True((await Tokens.AdoptAsync(await People.SessionAsync(ben), id.Id, Cancel)).IsDone);

        await GrantAsync(await OwnerAsync(), anna, "viewer");
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        await People.Administration.DisableAsync(await OwnerAsync(), ben.Id, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));

        Assert.Equal(
            (anna.Name, $"the owner who adopted it, {ben.Name}, is disabled"),
            ((await FindAsync(id.Id)).MadeBy, (await FindAsync(id.Id)).Owner.FaultAt(TimeProvider.System.GetUtcNow())));
        await People.WriteAsync($"DELETE FROM accounts WHERE id = '{ben.Id}'");
        Assert.Equal(
            $"the owner who adopted it, {ben.Name}, no longer has an account",
            (await FindAsync(id.Id)).Owner.FaultAt(TimeProvider.System.GetUtcNow()));
    }

    [Theory]
    [InlineData(
        "UPDATE machine_tokens SET revoked_at = 1, stopped_at = 1 WHERE id = '{0}'", "{1} is revoked permanently. Create a new token.")]
    [InlineData(
        "UPDATE machine_tokens SET until = 86400000, stopped_at = 1 WHERE id = '{0}'",
        "{1} expired on 1970-01-02 UTC. Create a new token.")]
    [InlineData(
        "UPDATE machine_tokens SET used_at = 1 WHERE id = '{0}'", "{1} is accepted, and {2} answers for it: there is nothing to adopt.")]
    [InlineData("DELETE FROM machine_tokens WHERE id = '{0}'", "This token does not exist. Load the page again.")]
    public async Task TokenThatNeedsNoAdoption_IsNotAdopted(string sql, string why)
    {
        var (anna, _, id) = await MakeAsync();
        var owner = await OwnerAsync();
        await People.WriteAsync(string.Format(null, sql, id.Id));

        var result = await Tokens.AdoptAsync(owner, id.Id, Cancel);

        Assert.Equal(
            (RefusalKind.Invalid, string.Format(null, why, id.Id, id.Name, anna.Name)), (result.Refusal?.Kind, result.Refusal?.Sentence));
        Assert.Equal(0, await People.AskAsync<int>($"SELECT count(*) FROM machine_tokens WHERE id = '{id.Id}' AND adopted_by IS NOT NULL"));
    }

    /// <summary>Roles from a provider are known only at a sign-in, which counts for 90 days; a token may last longer.</summary>
    [Fact]
    public async Task OwnerFromAProvider_AnswersForTheToken_For90DaysAfterTheLastSignIn()
    {
        var (anna, token, id) = await MakeAsync();
        await People.Administration.DisableAsync(await OwnerAsync(), anna.Id, Cancel);
        var guest = await People.AddAsync(SharedPeople.Name("guest"), "owner");
        var session = await People.SessionAsync(guest);
        await OfProviderAsync(TimeSpan.FromDays(89));

        Assert.True((await Tokens.AdoptAsync(session, id.Id, Cancel)).IsDone);

        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));
        await OfProviderAsync(TimeSpan.FromDays(91));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(token));
        await OfProviderAsync(TimeSpan.Zero);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(token));

        Task OfProviderAsync(TimeSpan ago) => People.WriteAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"UPDATE accounts SET issuer = 'https://id.example', subject = id, last_sign_in = "
                + $"{(TimeProvider.System.GetUtcNow() - ago).ToUnixTimeMilliseconds()} WHERE id = '{guest.Id}'"));
    }

    [Fact]
    public async Task Adopting_RequiresStepUp()
    {
        var (anna, _, id) = await MakeAsync();
        var owner = await OwnerAsync();
        await People.Administration.DisableAsync(owner, anna.Id, Cancel);
        await People.WriteAsync($"UPDATE sessions SET confirmed_at = confirmed_at - 300001 WHERE hash = '{RandomSecret.HashOf(owner)}'");

        Assert.Equal(RefusalKind.StepUpRequired, (await Tokens.AdoptAsync(owner, id.Id, Cancel)).Refusal?.Kind);
    }

    [Fact]
    public async Task TokensBeyondTheLimit_AreNotMade_UntilOneIsRevoked()
    {
        var (anna, _, id) = await MakeAsync();
        var session = await People.SessionAsync(anna);
        await People.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {ApiTokenAdministration.MaxOpen})
            INSERT INTO machine_tokens (id, name, hash, scopes, made_by, made_at, until, responsible)
            SELECT 'many ' || i, 'many', 'many ' || i, 'api', 'anna', 0,
                (SELECT until FROM machine_tokens WHERE id = '{id.Id}'), '{anna.Id}' FROM n
            """));

        Assert.Equal(
            "There are already 500 machine tokens. Revoke those that are not used, then create this one.",
            (await Tokens.MakeAsync(session, "grafana", [ApiTokenScope.Api], 1, Cancel)).Refusal?.Sentence);

        await People.WriteAsync("DELETE FROM machine_tokens WHERE name = 'many'");
        Assert.True((await Tokens.MakeAsync(session, SharedPeople.Name("grafana"), [ApiTokenScope.Api], 1, Cancel)).IsDone);
    }

    [Fact]
    public async Task ManyTokens_AreNamedUpToFive()
    {
        var (anna, _, _) = await MakeAsync();
        await People.WriteAsync($"DELETE FROM machine_tokens WHERE responsible = '{anna.Id}'");
        var session = await People.SessionAsync(anna);
        for (var each = 1; each <= 7; each++)
        {
            Assert.True((await Tokens.MakeAsync(session, $"scraper-{each}", [ApiTokenScope.Api], 1, Cancel)).IsDone);
        }

        await People.Administration.DisableAsync(await OwnerAsync(), anna.Id, Cancel);

        Assert.Equal(
            "stops 7 machine tokens: scraper-1, scraper-2, scraper-3, scraper-4, scraper-5 and 2 more",
            await People.AskAsync<string>($"SELECT detail FROM audit WHERE subject = '{anna.Name}' AND action = 'account.disable'"));
    }

    private static string Filled(string text, Account account) => string.Format(null, text, account.Id, account.Name);

    private async Task<(Account Anna, string Token, (string Id, string Name) Kept)> MakeAsync()
    {
        var (anna, name) = (await People.AddAsync(SharedPeople.Name("anna"), "owner"), SharedPeople.Name("grafana"));
        var token = (await Tokens.MakeAsync(await People.SessionAsync(anna), name, [ApiTokenScope.Api], 1, Cancel)).Value!;
        return (anna, token, (await People.AskAsync<string>($"SELECT id FROM machine_tokens WHERE name = '{name}'"), name));
    }

    private async Task<string> OwnerAsync() => await People.SessionAsync(await People.FindAsync(HostedConsole.Owner));

    private Task<CommandResult<bool>> GrantAsync(string owner, Account account, string roles) =>
        People.Administration.GrantAsync(owner, account.Id, Grants.Parse(roles, out _), Cancel);

    private async Task<ApiToken> FindAsync(string id) => (await Tokens.ListAsync(Cancel)).Single(token => token.Id == id);

    private async Task<HttpStatusCode> AskAsync(string token)
    {
        using var machine = Console.Visit();
        return (await machine.GetAsync("/api/fleet", ("Authorization", $"Bearer {token}"))).StatusCode;
    }
}
