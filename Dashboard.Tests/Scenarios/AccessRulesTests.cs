using System.Net;
using Dapper;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Bootstrap;
using Dashboard.Access.Invitations;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Access.SignIn;
using Dashboard.Audit.Aggregation;
using Dashboard.Consoles;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Scenarios;

/// <summary>Accounts, sessions and permissions, checked where the acts happen, over a real console.db.</summary>
[Trait("Slow", "yes")]
public sealed class AccessRulesTests : IAsyncDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.9");
    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AccountAdministration Administration => _console.Service<AccountAdministration>();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory]
    [InlineData(HostedConsole.Owner, true, true)]
    [InlineData("OWNER", true, true)]
    [InlineData(HostedConsole.Owner, false, false)]
    [InlineData("nobody", true, false)]
    [InlineData("' OR 1=1 --", true, false)]
    public async Task SignIn_AcceptsOnlyTheRightNameAndPassword_AndRevealsNothingElse(string name, bool theOwners, bool right)
    {
        var password = theOwners ? HostedConsole.Password : Canaries.Password("another");
        await using var scope = _console.Services.CreateAsyncScope();

        var result = await scope.ServiceProvider.GetRequiredService<PasswordSignIn>().WithPasswordAsync(name, password, Here, Cancel);

        Assert.Equal(right ? null : "Name or password is wrong.", (result as SignInOutcome.Refused)?.Sentence);
        Assert.Equal(right ? 1 : 0, await CountAsync("SELECT count(*) FROM sessions"));
        Assert.Equal(
            right ? 1 : 0,
            await CountAsync("SELECT count(*) FROM audit WHERE action = 'sign-in' AND result = 'done' AND actor = 'owner' AND address = "
                + "'10.0.0.9'"));
    }

    [Fact]
    public async Task Link_WorksOnce_AndNotAfterItExpires()
    {
        var owner = await SessionAsync();
        var first = (await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).Value!;
        Assert.Null(await AcceptAsync(first, "a long and quiet evening"));
        Assert.Contains("already used, has expired", await AcceptAsync(first, "another quiet evening"), StringComparison.Ordinal);

        var second = (await Administration.InviteAsync(owner, "another", Grants.Parse("viewer", out _), Cancel)).Value!;
        await WriteAsync("UPDATE invitations SET until = 1 WHERE used_at IS NULL");
        Assert.Contains("has expired", await AcceptAsync(second, "a long and quiet evening"), StringComparison.Ordinal);
        Assert.DoesNotContain(
            second, await File.ReadAllTextAsync(Path.Combine(_console.DataFolder, "console.db"), System.Text.Encoding.Latin1, Cancel),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetUpLink_ConsoleHasOrHadAnOwner_IsNotMade()
    {
        Assert.Null(await _console.Service<OwnerBootstrap>().LinkAsync(Cancel));
        await WriteAsync("DELETE FROM accounts");

        // The table was emptied, but the audit log still shows that there was an owner.
        Assert.Null(await _console.Service<OwnerBootstrap>().LinkAsync(Cancel));
    }

    [Fact]
    public async Task SetUpLink_MakesTheFirstOwner_AndIsVoidOnceThereIsOne()
    {
        await using var empty = new HostedConsole(("Dashboard:OwnerPasswordFile", ""));
        var (first, second) = (
            await empty.Service<OwnerBootstrap>().LinkAsync(Cancel), await empty.Service<OwnerBootstrap>().LinkAsync(Cancel));
        await using var scope = empty.Services.CreateAsyncScope();
        var acceptance = scope.ServiceProvider.GetRequiredService<InvitationAcceptance>();

        using var stranger = empty.Visit();
        Assert.Contains(
            "Nobody can sign in yet.", await (await stranger.GetAsync("/sign-in")).Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);
        Assert.Contains(
            "replaced by a newer one", await acceptance.AcceptAsync(first!, "guest", "a long and quiet evening", Here, Cancel),
            StringComparison.Ordinal);
        Assert.Contains(
            "the audit log reserves", await acceptance.AcceptAsync(second!, "Console", "a long and quiet evening", Here, Cancel),
            StringComparison.Ordinal);
        Assert.Contains(
            "cannot be a name", await acceptance.AcceptAsync(second!, "<b>", "a long and quiet evening", Here, Cancel),
            StringComparison.Ordinal);
        Assert.Null(await acceptance.AcceptAsync(second!, "guest", "a long and quiet evening", Here, Cancel));
        Assert.NotNull(await acceptance.AcceptAsync(second!, "another", "a long and quiet evening", Here, Cancel));
        Assert.Null(await empty.Service<OwnerBootstrap>().LinkAsync(Cancel));
        Assert.DoesNotContain(
            "Nobody can sign in yet.", await (await stranger.GetAsync("/sign-in")).Content.ReadAsStringAsync(Cancel),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("operator")]
    [InlineData("token-admin")]
    [InlineData("flush-admin")]
    [InlineData("")]
    public async Task EveryActOfAnOwner_IsRefusedToAllOthers_AndAudited(string role)
    {
        var id = await InviteAsync("guest", role.Length == 0 ? "viewer" : role);
        await (role.Length == 0 ? WriteAsync($"DELETE FROM grants WHERE account = '{id}'") : Task.FromResult(0));
        var session = await SessionAsync(id);
        var before = await StateAsync();

        Refusal?[] refusals =
        [
            (await Administration.InviteAsync(session, "another", new([new Grant(OperatorRole.Owner)]), Cancel)).Refusal,
            (await Administration.GrantAsync(session, id, new([new Grant(OperatorRole.Owner)]), Cancel)).Refusal,
            (await Administration.DisableAsync(session, id, Cancel)).Refusal,
            (await Administration.EnableAsync(session, id, Cancel)).Refusal,
            (await Administration.ResetAsync(session, id, Cancel)).Refusal,
            (await Administration.EndSessionsAsync(session, id, Cancel)).Refusal,
            (await _console.Service<ApiTokenAdministration>().MakeAsync(session, "grafana", [ApiTokenScope.Api], 1, Cancel)).Refusal,
            (await _console.Service<ApiTokenAdministration>().RevokeAsync(session, "x", Cancel)).Refusal,
            (await _console.Service<ApiTokenAdministration>().AdoptAsync(session, "x", Cancel)).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(RefusalKind.NotGranted, refusal?.Kind));
        Assert.Equal(before, await StateAsync());
        Assert.Equal(
            "account.invite another, account.grant guest, account.disable guest, account.enable guest, account.reset guest, "
                + "account.sign-out guest, machine-token.make grafana, machine-token.revoke ?, machine-token.adopt ?",
            string.Join(", ", await RowsAsync("SELECT action || ' ' || coalesce(subject, '?') FROM audit WHERE result = 'refused' AND "
                + "actor = 'guest' ORDER BY sequence")));
    }

    /// <summary>A viewer who asks a thousand times must not push the log's other rows out of sight.</summary>
    [Fact]
    public async Task RepeatedRefusals_AreTwoRowsAMinute()
    {
        var session = await SessionAsync(await InviteAsync("guest", "viewer"));
        for (var attempt = 0; attempt < 200; attempt++)
        {
            Assert.False((await Administration.InviteAsync(session, "another", Grants.None, Cancel)).IsDone);
        }

        await _console.Service<RepeatedRefusals>().FlushAsync(Cancel);

        Assert.Equal(
            "1 199",
            string.Join(' ', await RowsAsync("SELECT coalesce(json_extract(counts, '$.times'), 1) FROM audit WHERE action = "
                + "'account.invite' AND result = 'refused' AND actor = 'guest' ORDER BY sequence")));
    }

    [Fact]
    public async Task DemotionDisablingAndSignOut_TakeEffectAtTheNextAct()
    {
        var id = await InviteAsync("guest", "owner");
        var (owner, guest) = (await SessionAsync(), await SessionAsync(id));
        Assert.True((await Administration.InviteAsync(guest, "one", Grants.Parse("viewer", out _), Cancel)).IsDone);

        var stale =
            await Administration.GrantAsync(
                owner, id, Grants.Parse("flush-admin", out _), Cancel, seen: Grants.Parse("token-admin", out _));
        Assert.Contains("Another person has changed these roles", stale.Refusal?.Sentence, StringComparison.Ordinal);
        Assert.True(
            (await Administration.GrantAsync(
                owner, id, Grants.Parse("operator", out _), Cancel, seen: Grants.Parse("owner", out _))).IsDone);
        Assert.Equal(
            RefusalKind.NotGranted, (await Administration.InviteAsync(guest, "two", Grants.Parse("viewer", out _), Cancel)).Refusal?.Kind);

        await Administration.GrantAsync(owner, id, Grants.Parse("owner", out _), Cancel);
        await Administration.DisableAsync(owner, id, Cancel);
        Assert.Equal(
            RefusalKind.SignedOut, (await Administration.InviteAsync(guest, "three", Grants.Parse("viewer", out _), Cancel)).Refusal?.Kind);
    }

    [Fact]
    public async Task Disabling_VoidsAnUnusedLink()
    {
        var owner = await SessionAsync();
        var link = (await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).Value!;
        var id = await IdAsync("guest");

        await Administration.DisableAsync(owner, id, Cancel);
        await Administration.EnableAsync(owner, id, Cancel);

        Assert.NotNull(await AcceptAsync(link, InvitedPassword));
    }

    [Theory]
    [InlineData("flush-admin", "no such instance!")]
    [InlineData("owner", "cache")] // an owner decides over the whole console
    [InlineData("king", "")]
    public async Task InvalidGrantRow_GrantsNothing(string role, string instance)
    {
        var id = await InviteAsync("guest", "viewer");

        await WriteAsync($"INSERT INTO grants (account, role, instance) VALUES ('{id}', '{role}', '{instance}')");

        Assert.Equal(
            "viewer",
            await _console.Service<IConsoleStore>().ReadAsync(connection => AccountTable.GrantsOf(connection, id).ToString(), Cancel));
        Assert.Equal(1, await _console.Service<IConsoleStore>().ReadAsync(AccountTable.CountOwners, Cancel));
    }

    [Fact]
    public async Task SessionId_IsOnlyInTheCookie()
    {
        var session = await SessionAsync();

        Assert.Equal(1, await CountAsync($"SELECT count(*) FROM sessions WHERE hash = '{RandomSecret.HashOf(session)}'"));
        foreach (var file in Directory.EnumerateFiles(_console.DataFolder, "console.db*"))
        {
            Assert.DoesNotContain(
                session, await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task LastOwner_CannotBeDisabledDemotedOrReset()
    {
        var owner = await SessionAsync();
        var id = await IdAsync(HostedConsole.Owner);

        Assert.Equal(RefusalKind.Invalid, (await Administration.DisableAsync(owner, id, Cancel)).Refusal?.Kind);
        Assert.Equal(
            RefusalKind.Invalid, (await Administration.GrantAsync(owner, id, Grants.Parse("viewer", out _), Cancel)).Refusal?.Kind);
        Assert.Equal(RefusalKind.Invalid, (await Administration.ResetAsync(owner, id, Cancel)).Refusal?.Kind);
        Assert.True((await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).IsDone);
    }

    [Fact]
    public async Task PasswordGivenLongAgo_IsAskedForAgain_AndOnlyItEndsIdleness()
    {
        var owner = await SessionAsync();
        await WriteAsync("UPDATE sessions SET confirmed_at = confirmed_at - 300001");
        Assert.Equal(
            RefusalKind.StepUpRequired,
            (await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).Refusal?.Kind);

        await WriteAsync("UPDATE sessions SET active_at = active_at - 1800001");
        await _console.Service<SessionStore>().TouchAsync(owner, Cancel);
        Assert.Equal(
            RefusalKind.Idle, (await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).Refusal?.Kind);

        Assert.Equal(0, await CountAsync("SELECT count(*) FROM audit WHERE result = 'refused'")); // being asked again is not a refusal
        await _console.Service<IConsoleStore>()
            .WriteAsync(transaction => _console.Service<SessionStore>().Confirm(transaction, owner), Cancel);
        Assert.True((await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).IsDone);
    }

    [Fact]
    public async Task AuditRowThatCannotBeWritten_StopsTheAct()
    {
        var owner = await SessionAsync();
        await WriteAsync("ALTER TABLE audit RENAME TO elsewhere");

        var result = await Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel);

        Assert.Equal(RefusalKind.AuditUnavailable, result.Refusal?.Kind);
        Assert.Equal(0, await CountAsync("SELECT count(*) FROM accounts WHERE name = 'guest'"));
    }

    [Fact]
    public async Task Password_IsHashedSlowly_AndNeverStored()
    {
        await using var console = new HostedConsole();
        var options = new Microsoft.AspNetCore.Identity.PasswordHasherOptions();
        foreach (var configure in AccessSetupOptions())
        {
            configure.Configure(options);
        }

        Assert.Equal(600_000, options.IterationCount);
        await console.SignedInAsync();
        Assert.DoesNotContain(
            HostedConsole.Password,
            await File.ReadAllTextAsync(Path.Combine(console.DataFolder, "console.db"), System.Text.Encoding.Latin1, Cancel),
            StringComparison.Ordinal);
    }

    /// <summary>The options as the program registers them, without the lower iteration count of the tests.</summary>
    private static IEnumerable<Microsoft.Extensions.Options.IConfigureOptions<PasswordHasherOptions>> AccessSetupOptions()
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateBuilder();
        builder.AddAccess();
        return builder.Services.BuildServiceProvider().GetServices<Microsoft.Extensions.Options.IConfigureOptions<PasswordHasherOptions>>();
    }

    private const string InvitedPassword = "a long and quiet evening";

    private async Task<string> InviteAsync(string name, string roles)
    {
        var secret = (await Administration.InviteAsync(await SessionAsync(), name, Grants.Parse(roles, out _), Cancel)).Value!;
        Assert.Null(await AcceptAsync(secret, InvitedPassword));
        return await IdAsync(name);
    }

    private async Task<string?> AcceptAsync(string secret, string password)
    {
        await using var scope = _console.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<InvitationAcceptance>().AcceptAsync(secret, "", password, Here, Cancel);
    }

    private async Task<string> SessionAsync(string? account = null)
    {
        var id = account ?? await IdAsync(HostedConsole.Owner);
        var found = await _console.Service<IConsoleStore>().ReadAsync(connection => AccountTable.Find(connection, id), Cancel);
        return (await _console.Service<SessionIssuer>().LetInAsync(found!, Here, "password", Cancel))!.SessionId()!;
    }

    private Task<string> IdAsync(string name) =>
        _console.Service<IConsoleStore>().ReadAsync(connection => AccountTable.FindByName(connection, name)!.Id, Cancel);

    private Task<int> WriteAsync(string sql) =>
        _console.Service<IConsoleStore>().WriteAsync(transaction => transaction.Connection!.Execute(sql, transaction: transaction), Cancel);

    private Task<int> CountAsync(string sql) =>
        _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>(sql), Cancel);

    private Task<List<string>> RowsAsync(string sql) =>
        _console.Service<IConsoleStore>().ReadAsync(connection => connection.Query<string>(sql).ToList(), Cancel);

    private Task<string> StateAsync() => _console.Service<IConsoleStore>().ReadAsync(
        connection => string.Join('\n', connection.Query<string>("SELECT name || coalesce(disabled_at, '') || security_stamp FROM "
            + "accounts UNION ALL SELECT account || role FROM grants UNION ALL SELECT id FROM machine_tokens UNION ALL SELECT hash || "
            + "coalesce(ended_at, '') FROM sessions")), Cancel);
}
