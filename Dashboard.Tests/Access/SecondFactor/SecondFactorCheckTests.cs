using System.Net;
using System.Text.RegularExpressions;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.SignIn;
using Dashboard.Consoles;

namespace Dashboard.Access.SecondFactor;

/// <summary>Authenticator and recovery codes are each valid once, and a key is stored only after a code of it was accepted.</summary>
[Trait("Slow", "yes")]
public sealed partial class SecondFactorCheckTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();
    private readonly People _people;

    public SecondFactorCheckTests() => _people = new(_console);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task SecondFactor_IsAskedFor_AndEachCodeIsValidOnce()
    {
        var (key, recovery) =
            await _people.WithFactorAsync(await _people.AddAsync("guest", "operator"), key => Totp.Of(key, Now.AddSeconds(-30)));
        var ticket =
            Assert.IsType<SignInOutcome.CodeNeeded>(
                await SignInAsync(signIn => signIn.WithPasswordAsync("guest", People.Chosen, IPAddress.Loopback, Cancel))).Ticket;
        var code = Totp.Of(key, Now);

        Assert.IsType<SignInOutcome.CodeNeeded>(await WithCodeAsync("000000"));
        Assert.IsType<SignInOutcome.Welcome>(await WithCodeAsync(code));
        Assert.IsType<SignInOutcome.CodeNeeded>(await WithCodeAsync(code));
        Assert.IsType<SignInOutcome.Welcome>(await WithCodeAsync(recovery[0].ToLowerInvariant()));
        Assert.IsType<SignInOutcome.CodeNeeded>(await WithCodeAsync(recovery[0]));
        Assert.Equal(9, await _people.AskAsync<int>("SELECT count(*) FROM recovery_codes"));
        Assert.Equal(
            0, await _people.AskAsync<int>($"SELECT count(*) FROM recovery_codes WHERE cast(hash AS TEXT) LIKE '%{recovery[1]}%'"));

        Task<SignInOutcome> WithCodeAsync(string given) =>
            SignInAsync(signIn => signIn.WithCodeAsync(ticket, given, IPAddress.Loopback, Cancel));
    }

    [Fact]
    public async Task RecoveryCodes_AreCounted_AndRenewedWithThePassword()
    {
        var account = await _people.AddAsync("guest", "operator");
        var (_, first) = await _people.WithFactorAsync(account, key => Totp.Of(key, Now.AddSeconds(-30)));
        var person = await _people.PersonAsync(await _people.FindAsync("guest"));
        var ticket =
            Assert.IsType<SignInOutcome.CodeNeeded>(
                await SignInAsync(signIn => signIn.WithPasswordAsync("guest", People.Chosen, IPAddress.Loopback, Cancel))).Ticket;
        await SignInAsync(signIn => signIn.WithCodeAsync(ticket, first[0], IPAddress.Loopback, Cancel));
        Assert.Equal(9, await _people.InScopeAsync<AccountSelfService, int>(own => own.CodesLeftAsync(account, Cancel)));

        var step = await _people.AskAsync<long?>("SELECT last_step FROM accounts WHERE name = 'guest'");
        var (none, fault) = await RenewAsync("not the password");
        Assert.Null(none);
        Assert.StartsWith("That is not your current password", fault, StringComparison.Ordinal);
        var (codes, done) = await RenewAsync(People.Chosen);

        Assert.Null(done);
        Assert.Equal(10, codes!.Count);
        Assert.Equal(10, await _people.InScopeAsync<AccountSelfService, int>(own => own.CodesLeftAsync(account, Cancel)));
        Assert.Empty(codes.Intersect(first));
        Assert.Equal(
            "account.second-factor|done|new recovery codes",
            await _people.AskAsync<string>("SELECT action || '|' || result || '|' || detail FROM audit ORDER BY sequence DESC LIMIT 1"));
        // The code of the authenticator that was used before stays used.
        Assert.Equal(step, await _people.AskAsync<long?>("SELECT last_step FROM accounts WHERE name = 'guest'"));
        Assert.Equal(1, await _people.AskAsync<int>("SELECT count(*) FROM sessions WHERE stamp = (SELECT security_stamp FROM "
            + "accounts WHERE name = 'guest')"));

        Task<(IReadOnlyList<string>? Codes, string? Fault)> RenewAsync(string password) =>
            _people.InScopeAsync<AccountSelfService, (IReadOnlyList<string>?, string?)>(
                own => own.RenewCodesAsync(person, password, null, Cancel));
    }

    [Fact]
    public async Task OneCode_GivenManyTimesAtOnce_IsAcceptedOnce()
    {
        var (key, _) = await _people.WithFactorAsync(await _people.AddAsync("guest", "operator"), key => Totp.Of(key, Now.AddSeconds(-30)));
        var read = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _people.FindAsync("guest")));
        var code = Totp.Of(key, Now);

        var taken = await Task.WhenAll(read.Select(account => AcceptsAsync(account, code)));

        Assert.Single(taken, right => right);
    }

    [Fact]
    public async Task CodeThatTurnedTheSecondFactorOn_IsUsedUp()
    {
        var code = "";
        await _people.WithFactorAsync(await _people.AddAsync("guest", "operator"), key => code = Totp.Of(key, Now));

        Assert.False(await AcceptsAsync(await _people.FindAsync("guest"), code));
    }

    /// <summary>The newest step that is stored lies in the future.</summary>
    [Fact]
    public async Task ClockSetBack_LocksNoOneOut_AndCodesStayValidOnce()
    {
        var (key, _) = await _people.WithFactorAsync(await _people.AddAsync("guest", "operator"), key => Totp.Of(key, Now));
        await _people.WriteAsync("UPDATE accounts SET last_step = last_step + 2880 WHERE name = 'guest'");
        var guest = await _people.FindAsync("guest");
        var code = Totp.Of(key, Now);

        Assert.True(await AcceptsAsync(guest, code));
        Assert.False(await AcceptsAsync(guest, code));
    }

    [Fact]
    public async Task Key_IsNewEachTimeThePageOpens_AndStoredAfterACodeOfItWasAccepted()
    {
        using var owner = await _console.SignedInAsync();
        var (first, second) = (await PageAsync(), await PageAsync());
        Assert.NotEqual(Key().Match(first).Groups[1].Value, Key().Match(second).Groups[1].Value);
        Assert.Null(await _people.AskAsync<string?>("SELECT authenticator_key FROM accounts"));
        var (key, field) = (Key().Match(first).Groups[1].Value, Field().Match(first).Groups[1].Value);

        var mistyped = await PostAsync("000000");
        Assert.Contains("That code is wrong.", mistyped, StringComparison.Ordinal);
        Assert.Equal(key, Key().Match(mistyped).Groups[1].Value); // the authenticator already holds it
        var done = await PostAsync(Totp.Of(key, Now));

        Assert.Contains("The second factor is on.", done, StringComparison.Ordinal);
        Assert.Equal(
            "1 10", await _people.AskAsync<string>("SELECT two_factor || ' ' || (SELECT count(*) FROM recovery_codes) FROM accounts"));
        Assert.DoesNotContain(key, await _people.AskAsync<string>("SELECT authenticator_key FROM accounts"), StringComparison.Ordinal);

        async Task<string> PageAsync() => await (await owner.GetAsync("/account")).Content.ReadAsStringAsync(Cancel);

        async Task<string> PostAsync(string code)
        {
            var form = new Dictionary<string, string>
            {
                ["_handler"] = "on",
                ["__RequestVerificationToken"] = await owner.TokenAsync("/account"),
                ["On.Key"] = field,
                ["On.Code"] = code,
                ["On.Present"] = HostedConsole.Password,
            };
            return await (await owner.PostAsync("/account", form)).Content.ReadAsStringAsync(Cancel);
        }
    }

    [Fact]
    public async Task KeyOfferedToAnotherAccount_IsNotAccepted()
    {
        var keys = _console.Service<AuthenticatorKeys>();
        var (guest, owner) = (await _people.AddAsync("guest", "viewer"), await _people.FindAsync(HostedConsole.Owner));
        var (key, field) = keys.Offer(guest);

        Assert.Equal(key, keys.Taken(guest, field));
        Assert.Null(keys.Taken(owner, field));
        Assert.Null(keys.Taken(guest, "made up"));
    }

    [Theory]
    [InlineData(-3, false)]
    [InlineData(-2, true)]
    [InlineData(0, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Code_OfAStepAroundNow_IsKnownByItsStep(int away, bool known)
    {
        var (key, now) = (AuthenticatorCode.NewKey(), DateTimeOffset.FromUnixTimeSeconds(1_800_000_015));

        Assert.Equal(known ? 60_000_000 + away : null, AuthenticatorCode.StepOf(key, Totp.Of(key, now.AddSeconds(30 * away)), now));
    }

    private Task<SignInOutcome> SignInAsync(Func<PasswordSignIn, Task<SignInOutcome>> act) => _people.InScopeAsync(act);

    private Task<bool> AcceptsAsync(Account account, string code) =>
        _people.InScopeAsync<SecondFactorCheck, bool>(codes => codes.AcceptsAsync(account, code, known: true));

    [GeneratedRegex("<code class=\"secret\"[^>]*>([A-Z2-7]{32})<")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"On.Key\" value=\"([^\"]+)\"")]
    private static partial Regex Field();
}
