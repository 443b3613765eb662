using Dapper;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Authorization;
using Dashboard.Access.Roles;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;
using Dashboard.Storage;

namespace Dashboard.Scenarios;

/// <summary>
/// A person who may write the data folder can make console.db ignore writes without an error. The console never reports something as done
/// that is not.
/// </summary>
[Trait("Slow", "yes")]
public sealed class IgnoredAccessWritesTests(SharedPeople shared) : IClassFixture<SharedPeople>
{
    private static readonly string[] Tables = ["accounts", "grants", "invitations", "machine_tokens", "recovery_codes", "sessions"];

    private HostedConsole Console => shared.Console;

    private People People => shared.People;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Theory]
    [InlineData("INSERT ON audit", "sign in")]
    [InlineData("INSERT ON audit", "invite")]
    [InlineData("INSERT ON audit", "make a token")]
    [InlineData("INSERT ON audit", "confirm")]
    [InlineData("INSERT ON sessions", "sign in")]
    [InlineData("UPDATE ON accounts", "sign in")]
    [InlineData("UPDATE ON sessions", "confirm")]
    [InlineData("INSERT ON accounts", "invite")]
    [InlineData("INSERT ON grants", "invite")]
    [InlineData("INSERT ON invitations", "invite")]
    [InlineData("UPDATE ON invitations", "open a link")]
    [InlineData("UPDATE ON accounts", "open a link")]
    [InlineData("DELETE ON invitations", "reset")]
    [InlineData("UPDATE ON accounts", "reset")]
    [InlineData("DELETE ON grants", "demote")]
    [InlineData("UPDATE ON accounts", "disable")]
    [InlineData("DELETE ON invitations", "disable")]
    [InlineData("UPDATE ON sessions", "disable")]
    [InlineData("UPDATE ON accounts", "enable")]
    [InlineData("UPDATE ON accounts", "sign out everywhere")]
    [InlineData("UPDATE ON sessions", "sign out everywhere")]
    [InlineData("UPDATE ON accounts", "change the password")]
    [InlineData("UPDATE ON sessions", "change the password")]
    [InlineData("INSERT ON recovery_codes", "turn the second factor on")]
    [InlineData("UPDATE ON accounts", "turn the second factor on")]
    [InlineData("DELETE ON recovery_codes", "turn the second factor off")]
    [InlineData("DELETE ON recovery_codes", "give a recovery code")]
    [InlineData("UPDATE ON accounts", "give a code")]
    [InlineData("UPDATE ON accounts", "give a wrong code")]
    [InlineData("INSERT ON machine_tokens", "make a token")]
    [InlineData("UPDATE ON machine_tokens", "revoke a token")]
    [InlineData("UPDATE ON machine_tokens", "adopt a token")]
    [InlineData("UPDATE ON machine_tokens", "disable")]
    [InlineData("UPDATE ON machine_tokens", "demote")]
    public async Task IgnoredWrite_IsReported_AndNothingIsChanged(string write, string act)
    {
        var table = write.Split(' ')[2];
        var run = await PrepareAsync(act);
        var before = await StateAsync();
        await People.WriteAsync($"CREATE TRIGGER quiet BEFORE {write} BEGIN SELECT RAISE(IGNORE); END");
        try
        {
            var reported = await run();

            Assert.Contains($"console.db did not keep a write to its table {table}.", reported, StringComparison.Ordinal);
            Assert.Equal(before, await StateAsync());
        }
        finally
        {
            await People.WriteAsync("DROP TRIGGER quiet");
        }

        Assert.Null(await run());
    }

    /// <summary>A session that was removed for newer ones in the meantime is not an ignored write.</summary>
    [Fact]
    public async Task RemovedSession_RefusesTheChange_AndBlamesNoTrigger()
    {
        var person = await People.PersonAsync(await People.AddAsync(SharedPeople.Name("guest"), "viewer"));
        await People.WriteAsync($"DELETE FROM sessions WHERE account = '{person.AccountId()}'");
        var before = await StateAsync();

        var fault =
            await People.InScopeAsync<AccountSelfService, string?>(own => own.ChangePasswordAsync(person, People.Chosen, "another quiet "
                + "evening", null, Cancel));

        Assert.Equal(AccountChanges.Changed, fault);
        Assert.Equal(
            "refused",
            await People.AskAsync<string>($"SELECT result FROM audit WHERE action = 'account.password' AND actor = "
                + $"'{person.Identity!.Name}' ORDER BY sequence DESC LIMIT 1"));
        Assert.Equal(before.Split('\n')[..^1], (await StateAsync()).Split('\n')[..^1]);
    }

    /// <summary>A person who signs out is signed out, whatever the file keeps.</summary>
    [Fact]
    public async Task IgnoredSignOut_EndsTheSessionHere()
    {
        var person = await People.PersonAsync(await People.AddAsync(SharedPeople.Name("guest"), "viewer"));
        await People.WriteAsync("CREATE TRIGGER quiet BEFORE UPDATE ON sessions BEGIN SELECT RAISE(IGNORE); END");

        await Console.Service<SignOut>().EndAsync(person, null);
        await People.WriteAsync("DROP TRIGGER quiet");

        Assert.Null(Console.Service<SessionStore>().Find(person.SessionId()!));
        Assert.Equal(
            0, await People.AskAsync<int>($"SELECT count(*) FROM audit WHERE action = 'sign-out' AND actor = '{person.Identity!.Name}'"));
    }

    /// <summary>Prepares an act with an account of its own, because what an act uses may be usable only once.</summary>
    private async Task<Func<Task<string?>>> PrepareAsync(string act)
    {
        var guest = await People.AddAsync(SharedPeople.Name("guest"), "owner");
        var owner = await People.SessionAsync(await People.FindAsync(HostedConsole.Owner));
        var person = await People.PersonAsync(guest);
        var token = await TokenAsync(person);
        var (administration, tokens) = (People.Administration, Console.Service<ApiTokenAdministration>());
        switch (act)
        {
            case "sign in":
                return () =>
                    SentenceAsync(
                        async () =>
                            await Console.Service<SessionIssuer>().LetInAsync(guest, null, "password", Cancel) is null ? "refused" : null);
            case "invite":
                return () =>
                    SentenceAsync(
                        () => administration.InviteAsync(owner, SharedPeople.Name("another"), Grants.Parse("viewer", out _), Cancel));
            case "make a token":
                return () => SentenceAsync(() => tokens.MakeAsync(owner, "grafana", [ApiTokenScope.Api], 1, Cancel));
            case "confirm":
                return () =>
                    SentenceAsync(
                        () => People.InScopeAsync<StepUp, string?>(stepUp => stepUp.FaultOfAsync(person, People.Chosen, null, Cancel)));
            case "open a link":
                var link =
                    (await administration.InviteAsync(owner, SharedPeople.Name("another"), Grants.Parse("viewer", out _), Cancel)).Value!;
                return () => SentenceAsync(() => People.AcceptAsync(link));
            case "reset":
                await administration.ResetAsync(owner, guest.Id, Cancel);
                return () => SentenceAsync(() => administration.ResetAsync(owner, guest.Id, Cancel));
            case "demote":
                return () => SentenceAsync(() => administration.GrantAsync(owner, guest.Id, Grants.Parse("viewer", out _), Cancel));
            case "disable":
                await administration.ResetAsync(owner, guest.Id, Cancel); // There is a link to void,
                await People.SessionAsync(await People.FindAsync(guest.Name)); // and a session to end.
                return () => SentenceAsync(() => administration.DisableAsync(owner, guest.Id, Cancel));
            case "enable":
                await administration.DisableAsync(owner, guest.Id, Cancel);
                return () => SentenceAsync(() => administration.EnableAsync(owner, guest.Id, Cancel));
            case "sign out everywhere":
                return () => SentenceAsync(() => administration.EndSessionsAsync(owner, guest.Id, Cancel));
            case "change the password":
                return () =>
                    SentenceAsync(
                        () =>
                            People.InScopeAsync<AccountSelfService, string?>(
                                own => own.ChangePasswordAsync(person, People.Chosen, "another quiet evening", null, Cancel)));
            case "turn the second factor on":
                var (key, field) = Console.Service<AuthenticatorKeys>().Offer(guest);
                return () =>
                    SentenceAsync(
                        async () => (await People.InScopeAsync<AccountSelfService, (IReadOnlyList<string>?, string? Fault)>(
                            own => own.EnableAsync(person, People.Chosen, field, Totp.Of(key, Now), null, Cancel))).Fault);
            case "revoke a token":
                return () => SentenceAsync(() => tokens.RevokeAsync(owner, token, Cancel));
            case "adopt a token":
                await administration.DisableAsync(owner, guest.Id, Cancel);
                return () => SentenceAsync(() => tokens.AdoptAsync(owner, token, Cancel));
            default:
                return await PrepareWithFactorAsync(act, guest);
        }
    }

    private async Task<Func<Task<string?>>> PrepareWithFactorAsync(string act, Account guest)
    {
        var (key, recovery) = await People.WithFactorAsync(guest, key => Totp.Of(key, Now.AddSeconds(-30)));
        var account = await People.FindAsync(guest.Name);
        var person = await People.PersonAsync(account);
        return act switch
        {
            "turn the second factor off" =>
                () =>
                    SentenceAsync(
                        () =>
                            People.InScopeAsync<AccountSelfService, string?>(own => own.DisableAsync(person, People.Chosen, null, Cancel))),
            "give a recovery code" => () => AcceptsAsync(account, recovery[0], isRight: true),
            "give a code" => () => AcceptsAsync(account, Totp.Of(key, Now), isRight: true),
            "give a wrong code" => () => AcceptsAsync(account, "000000", isRight: false),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        };
    }

    /// <summary>Makes a token that the person answers for.</summary>
    /// <returns>The token's id.</returns>
    private async Task<string> TokenAsync(System.Security.Claims.ClaimsPrincipal person)
    {
        var name = SharedPeople.Name("grafana");
        Assert.True(
            (await Console.Service<ApiTokenAdministration>().MakeAsync(person.SessionId(), name, [ApiTokenScope.Api], 1, Cancel)).IsDone);
        return await People.AskAsync<string>($"SELECT id FROM machine_tokens WHERE name = '{name}'");
    }

    private Task<string?> AcceptsAsync(Account account, string code, bool isRight) => SentenceAsync(
        async () =>
            await People.InScopeAsync<SecondFactorCheck, bool>(codes => codes.AcceptsAsync(account, code, known: true)) == isRight
                ? null
                : "the other way round");

    private static Task<string?> SentenceAsync<T>(Func<Task<CommandResult<T>>> act) =>
        SentenceAsync(async () => (await act()).Refusal?.Sentence);

    /// <summary>The sentence that a person is shown; null when the act is done.</summary>
    private static async Task<string?> SentenceAsync(Func<Task<string?>> act)
    {
        try
        {
            return await act();
        }
        catch (StoreException refused)
        {
            return refused.Message;
        }
    }

    /// <summary>Everything that people can change, and the number of their audit rows.</summary>
    private Task<string> StateAsync() => People.Store.ReadAsync(
        connection => string.Join('\n', [
            .. Tables.SelectMany(
                table =>
                    connection.Query($"SELECT * FROM {table}").Select(row => string.Join(' ', ((IDictionary<string, object?>)row).Values))),
            connection.QuerySingle<string>("SELECT count(*) FROM audit WHERE actor NOT IN ('console', 'anonymous')"),
        ]), Cancel);
}
