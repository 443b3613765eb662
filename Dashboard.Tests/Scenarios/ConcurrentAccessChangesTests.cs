using System.Net;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.ApiTokens;
using Dashboard.Access.Passwords;
using Dashboard.Access.Roles;
using Dashboard.Access.SecondFactor;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Scenarios;

/// <summary>Checking a password takes long enough for an owner to act. What the owner changes in that time stays changed.</summary>
[Trait("Slow", "yes")]
public sealed class ConcurrentAccessChangesTests : IAsyncDisposable
{
    private readonly SlowHasher _hasher = new();
    private readonly HostedConsole _console;
    private readonly People _people;

    public ConcurrentAccessChangesTests()
    {
        _console = new HostedConsole { ReplaceServices = services => services.AddScoped<IPasswordHasher<Account>>(_ => _hasher) };
        _people = new(_console);
    }

    /// <summary>The ways in which an owner ends an account's access.</summary>
    public static TheoryData<string> Ways => ["disabled", "reset", "signed out everywhere"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Theory, MemberData(nameof(Ways))]
    public async Task OwnPasswordChange_DoesNotUndoTheOwnersAct(string way)
    {
        var guest = await _people.AddAsync("guest", "viewer");
        var person = await _people.PersonAsync(guest);
        await MeanwhileAsync(way, guest);

        var fault =
            await _people.InScopeAsync<AccountSelfService, string?>(own => own.ChangePasswordAsync(person, People.Chosen, "another quiet "
                + "evening", null, Cancel));

        Assert.Equal(AccountChanges.Changed, fault);
        Assert.Equal(way == "disabled", await _people.AskAsync<bool>("SELECT disabled_at IS NOT NULL FROM accounts WHERE name = 'guest'"));
        Assert.Equal(
            way == "reset" ? null : guest.PasswordHash,
            await _people.AskAsync<string?>("SELECT password_hash FROM accounts WHERE name = 'guest'"));
        Assert.Equal(
            "refused",
            await _people.AskAsync<string>("SELECT result FROM audit WHERE action = 'account.password' ORDER BY sequence DESC LIMIT 1"));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task SignInInProgress_IsRefused(string way)
    {
        var guest = await _people.AddAsync("guest", "viewer");
        await MeanwhileAsync(way, guest);

        var result =
            await _people.InScopeAsync<PasswordSignIn, SignInOutcome>(
                signIn => signIn.WithPasswordAsync("guest", People.Chosen, IPAddress.Loopback, Cancel));

        Assert.Equal(AccountChanges.Changed, Assert.IsType<SignInOutcome.Refused>(result).Sentence);
        Assert.Equal(0, await _people.AskAsync<int>($"SELECT count(*) FROM sessions WHERE account = '{guest.Id}'"));
        Assert.Equal(
            1,
            await _people.AskAsync<int>("SELECT count(*) FROM audit WHERE action = 'sign-in' AND actor = 'guest' AND result = 'refused'"));
    }

    /// <summary>The password is given before the owner's act, the code after it.</summary>
    [Theory, MemberData(nameof(Ways))]
    public async Task TicketForTheCode_IsVoid(string way)
    {
        var (key, _) = await _people.WithFactorAsync(await _people.AddAsync("guest", "viewer"), key => Totp.Of(key, Now.AddSeconds(-30)));
        var needed =
            Assert.IsType<SignInOutcome.CodeNeeded>(
                await _people.InScopeAsync<PasswordSignIn, SignInOutcome>(
                    signIn => signIn.WithPasswordAsync("guest", People.Chosen, IPAddress.Loopback, Cancel)));

        await DoAsync(way, await _people.FindAsync("guest"), await _people.SessionAsync(await _people.FindAsync(HostedConsole.Owner)));

        Assert.IsType<SignInOutcome.Refused>(
            await _people.InScopeAsync<PasswordSignIn, SignInOutcome>(
                signIn => signIn.WithCodeAsync(needed.Ticket, Totp.Of(key, Now), IPAddress.Loopback, Cancel)));
        Assert.Equal(
            0,
            await _people.AskAsync<int>("SELECT count(*) FROM sessions s JOIN accounts a ON a.id = s.account WHERE a.name = 'guest' AND "
                + "s.ended_at IS NULL AND s.stamp = a.security_stamp"));
    }

    [Fact]
    public async Task AcceptedLink_DoesNotEnableTheAccount()
    {
        var owner = await _people.SessionAsync(await _people.FindAsync(HostedConsole.Owner));
        var link = (await _people.Administration.InviteAsync(owner, "guest", Grants.Parse("viewer", out _), Cancel)).Value!;
        _hasher.Meanwhile = () => _people.WriteAsync("UPDATE accounts SET disabled_at = 1 WHERE name = 'guest'");

        Assert.NotNull(await _people.AcceptAsync(link));

        Assert.Equal(
            "1", await _people.AskAsync<string>("SELECT disabled_at || coalesce(password_hash, '') FROM accounts WHERE name = 'guest'"));
        Assert.True(await _people.AskAsync<bool>("SELECT used_at IS NULL FROM invitations"));
    }

    /// <summary>Identity writes only the failure to an account that it read before.</summary>
    [Fact]
    public async Task WrongCode_CountsAndChangesNothingElse()
    {
        await _people.WithFactorAsync(await _people.AddAsync("guest", "viewer"), key => Totp.Of(key, Now));
        var read = await _people.FindAsync("guest");
        await _people.WriteAsync(
            "UPDATE accounts SET disabled_at = 1, security_stamp = 'new', password_hash = NULL, two_factor = 0, failures = 3 WHERE name "
                + "= 'guest'");

        Assert.False(await _people.InScopeAsync<SecondFactorCheck, bool>(codes => codes.AcceptsAsync(read, "000000", known: true)));

        Assert.Equal(
            "1 new none 0 4",
            await _people.AskAsync<string>("SELECT disabled_at || ' ' || security_stamp || ' ' || coalesce(password_hash, 'none') || ' ' "
                + "|| two_factor || ' ' || failures FROM accounts WHERE name = 'guest'"));
    }

    /// <summary>A right password replaces an old hash, but not a password that was changed in the meantime.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NewHash_IsWritten_UnlessThePasswordWasChanged(bool changed)
    {
        var guest = await _people.AddAsync("guest", "viewer");
        var old =
            new PasswordHasher<Account>(Options.Create(new PasswordHasherOptions { IterationCount = 10 })).HashPassword(guest,
                People.Chosen);
        await _people.WriteAsync($"UPDATE accounts SET password_hash = '{old}' WHERE name = 'guest'");
        _hasher.Meanwhile = changed
            ? () => _people.WriteAsync("UPDATE accounts SET password_hash = 'chosen elsewhere' WHERE name = 'guest'")
            : null;
        guest = await _people.FindAsync("guest");

        Assert.True(
            await _people.InScopeAsync<PasswordCheck, bool?>(check => check.MatchesAsync(guest, People.Chosen, known: true, Cancel)));

        var now = await _people.FindAsync("guest");
        Assert.Equal(changed, now.PasswordHash == "chosen elsewhere");
        Assert.NotEqual(old, now.PasswordHash);
        Assert.Equal(guest.SecurityStamp, now.SecurityStamp);
    }

    /// <summary>Another writer locks the file and takes the owner's role or session, while the owner's act waits for its turn.</summary>
    [Theory]
    [InlineData(
        "UPDATE grants SET role = 'viewer' WHERE account IN (SELECT id FROM accounts WHERE name = 'guest')", RefusalKind.NotGranted)]
    [InlineData("UPDATE sessions SET ended_at = 1 WHERE account IN (SELECT id FROM accounts WHERE name = 'guest')", RefusalKind.SignedOut)]
    public async Task OwnersAct_IsAuthorizedWhereItIsDone(string sql, RefusalKind kind)
    {
        var session = await _people.SessionAsync(await _people.AddAsync("guest", "owner"));
        using var locked = new ManualResetEventSlim();
        using var act = new ManualResetEventSlim();
        var other = _people.Store.WriteAsync(
            transaction =>
            {
                locked.Set();
                act.Wait(Cancel);
                return Dapper.SqlMapper.Execute(transaction.Connection!, sql, transaction: transaction);
            }, Cancel);
        locked.Wait(Cancel);

        var made = _console.Service<ApiTokenAdministration>().MakeAsync(session, "grafana", [ApiTokenScope.Api], 1, Cancel);
        act.Set();

        Assert.Equal(kind, (await made).Refusal?.Kind);
        Assert.Equal(1, await other);
        Assert.Equal(0, await _people.AskAsync<int>("SELECT count(*) FROM machine_tokens"));
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task MeanwhileAsync(string way, Account account)
    {
        var owner = await _people.SessionAsync(await _people.FindAsync(HostedConsole.Owner));
        _hasher.Meanwhile = () => DoAsync(way, account, owner);
    }

    private async Task DoAsync(string way, Account account, string owner) => Assert.Null(way switch
    {
        "disabled" => (await _people.Administration.DisableAsync(owner, account.Id, Cancel)).Refusal,
        "reset" => (await _people.Administration.ResetAsync(owner, account.Id, Cancel)).Refusal,
        _ => (await _people.Administration.EndSessionsAsync(owner, account.Id, Cancel)).Refusal,
    });

    /// <summary>The framework's hasher, which runs <see cref="Meanwhile"/> once, while it is at work.</summary>
    private sealed class SlowHasher : IPasswordHasher<Account>
    {
        private readonly PasswordHasher<Account> _own = new(Options.Create(new PasswordHasherOptions { IterationCount = 1000 }));

        public Func<Task>? Meanwhile { get; set; }

        public string HashPassword(Account user, string password)
        {
            RunMeanwhile();
            return _own.HashPassword(user, password);
        }

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
        {
            RunMeanwhile();
            return _own.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }

        private void RunMeanwhile()
        {
            var meanwhile = Meanwhile;
            Meanwhile = null;
            meanwhile?.Invoke().GetAwaiter().GetResult();
        }
    }
}
