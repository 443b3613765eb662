using System.Net;
using System.Security.Claims;
using Dapper;
using Dashboard.Access.Accounts;
using Dashboard.Access.Administration;
using Dashboard.Access.Passwords;
using Dashboard.Access.SignIn.Throttling;
using Dashboard.Consoles;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access.SignIn;

/// <summary>Step-up and sign-in while other requests keep the console's processors busy.</summary>
[Trait("Slow", "yes")]
public sealed class StepUpTests : IAsyncDisposable
{
    private static readonly IPAddress Here = IPAddress.Parse("10.0.0.9");
    private readonly HostedConsole _console = new();
    private readonly TaskCompletionSource<bool> _end = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync()
    {
        _end.TrySetResult(true);
        return _console.DisposeAsync();
    }

    [Fact]
    public async Task ManySignIns_KeepNoOneFromConfirming()
    {
        Fill(known: false);

        Assert.Null(await ConfirmAsync(await OwnerAsync()));
    }

    [Fact]
    public async Task Busy_IsNoWrongPassword_AndCountsNowhere()
    {
        var owner = await OwnerAsync();
        var others = Fill(known: true);
        for (var attempt = 0; attempt < 30; attempt++)
        {
            Assert.Equal(PasswordCheck.Busy, await ConfirmAsync(owner));
            Assert.Equal(PasswordCheck.Busy, await ChangePasswordAsync(owner));
        }

        Assert.Equal(
            0,
            await _console.Service<IConsoleStore>().ReadAsync(connection => connection.QuerySingle<int>("SELECT count(*) FROM audit "
                + "WHERE action = 'confirm'"), Cancel));
        Assert.Equal(0, _console.Service<ThrottleTable>().Count);
        _end.TrySetResult(true);
        await Task.WhenAll(others);
        Assert.Null(await ConfirmAsync(owner));
    }

    [Fact]
    public async Task BusyAtSignIn_CountsNowhere()
    {
        Fill(known: false);
        for (var attempt = 0; attempt < 30; attempt++)
        {
            await using var scope = _console.Services.CreateAsyncScope();
            var result =
                await scope.ServiceProvider.GetRequiredService<PasswordSignIn>()
                    .WithPasswordAsync(HostedConsole.Owner, HostedConsole.Password, Here, Cancel);
            Assert.Equal(PasswordCheck.Busy, Assert.IsType<SignInOutcome.Refused>(result).Sentence);
        }

        Assert.Equal(0, _console.Service<ThrottleTable>().Count);
    }

    [Fact]
    public async Task Busy_HasItsOwnStatus()
    {
        using var owner = await _console.SignedInAsync();
        var token = await owner.TokenAsync("/account");
        Fill(known: true);

        var reply = await owner.PostAsync("/confirm", new() { ["password"] = HostedConsole.Password }, ("RequestVerificationToken", token));

        Assert.Equal(
            (HttpStatusCode.TooManyRequests, PasswordCheck.Busy), (reply.StatusCode, await reply.Content.ReadAsStringAsync(Cancel)));
    }

    [Fact]
    public async Task WrongPasswordsOfOtherAccounts_DoNotSlowThisAccountDown()
    {
        var owner = await OwnerAsync();
        for (var attempt = 0; attempt < SignInThrottle.FreeOfOne; attempt++)
        {
            _console.Service<SignInThrottle>().TryBegin(new(ThrottleKind.Confirm, $"guest{attempt}", null, Known: true));
        }

        Assert.NotEqual(PasswordCheck.Busy, await ChangePasswordAsync(owner));
        Assert.Null(await ConfirmAsync(owner));
    }

    /// <summary>Both pages ask for the same password, so a wrong password at one counts at the other, for the same address.</summary>
    [Fact]
    public async Task WrongPasswordOnTheAccountPage_CountsForItsAddress()
    {
        var owner = await OwnerAsync();
        for (var attempt = 0; attempt < SignInThrottle.FreeOfPair; attempt++)
        {
            await ChangePasswordAsync(owner, "not the password");
        }

        Assert.Contains("Too many attempts", await ConfirmAsync(owner), StringComparison.Ordinal);
        Assert.Null(await ConfirmAsync(owner, IPAddress.Parse("10.0.0.10")));
    }

    private List<Task> Fill(bool known)
    {
        var limiter = _console.Service<HashingLimiter>();
        return [
            .. Enumerable.Range(0, HashingLimiter.AtOnce + HashingLimiter.Waiting)
                .Select(_ => limiter.RunAsync(known, () => _end.Task, Cancel))];
    }

    private async Task<ClaimsPrincipal> OwnerAsync()
    {
        var account =
            await _console.Service<IConsoleStore>()
                .ReadAsync(connection => AccountTable.FindByName(connection, HostedConsole.Owner), Cancel);
        return (await _console.Service<SessionIssuer>().LetInAsync(account!, Here, "password", Cancel))!;
    }

    private async Task<string?> ConfirmAsync(ClaimsPrincipal person, IPAddress? from = null)
    {
        await using var scope = _console.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StepUp>().FaultOfAsync(person, HostedConsole.Password, from ?? Here, Cancel);
    }

    /// <summary>Asks for a new password that is too short, which is reported only once the present one was accepted.</summary>
    private async Task<string?> ChangePasswordAsync(ClaimsPrincipal person, string? present = null)
    {
        await using var scope = _console.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AccountSelfService>()
            .ChangePasswordAsync(person, present ?? HostedConsole.Password, "short", Here.ToString(), Cancel);
    }
}
