using System.Security.Claims;
using Dashboard.Access;
using Dashboard.Access.Accounts;
using Dashboard.Access.Sessions;
using Dashboard.Architecture;
using Dashboard.Components.Pages;
using Dashboard.Consoles;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Components.Access;

/// <summary>What an open page knows about its session.</summary>
[Trait("Slow", "yes")]
public sealed class CircuitSessionTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();

    private static CancellationToken Cancel => Xunit.TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task IdleSession_IsReportedAtTheFirstCheck_AndSoIsItsEnd()
    {
        var people = new People(_console);
        var owner = await people.PersonAsync(await people.FindAsync(HostedConsole.Owner));
        await _console.Service<SessionMonitor>().StopAsync(Cancel); // Only the test checks sessions.
        using var circuit =
            new CircuitSession(new Known(owner), _console.Service<SessionStore>(), _console.Service<SessionMonitor>(), TimeProvider.System);
        await circuit.LoadAsync();
        circuit.Follow();
        var changes = 0;
        circuit.Changed += () => changes++;
        await LookAsync();
        Assert.Equal((0, false), (changes, circuit.IsIdle));

        await people.WriteAsync("UPDATE sessions SET active_at = active_at - 2000000");
        await LookAsync();
        Assert.Equal((1, true), (changes, circuit.IsIdle));
        await LookAsync();
        Assert.Equal(1, changes);

        await people.WriteAsync("UPDATE sessions SET active_at = active_at + 2000000");
        await LookAsync();
        Assert.Equal((2, false), (changes, circuit.IsIdle));
    }

    /// <summary>
    /// A circuit's memory and its parameters hold no password hash and no key; the one page that reads an account is a plain form.
    /// </summary>
    [Fact]
    public void Accounts_AreNotHeldByAnyPageWithACircuit()
    {
        var holders = typeof(CircuitSession).Assembly.GetTypes()
            .Where(
                type =>
                    type.Namespace?.StartsWith("Dashboard.Components", StringComparison.Ordinal) == true
                        && TypeUses.Of(type).Contains(typeof(Account)))
            .Select(type => type.DeclaringType ?? type).Distinct();

        Assert.Equal([typeof(AccountPage)], holders);
    }

    private Task LookAsync() => _console.Service<SessionMonitor>().CheckAsync(Cancel);

    private sealed class Known(ClaimsPrincipal person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(person));
    }
}
