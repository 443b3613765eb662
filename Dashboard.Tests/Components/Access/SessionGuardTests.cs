using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Dashboard.Access;
using Dashboard.Access.Sessions;
using Dashboard.Consoles;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;

namespace Dashboard.Components.Access;

/// <summary>The end of a session is ordinary: pages leave, and the console's log records no fault.</summary>
[Trait("Slow", "yes")]
public sealed class SessionGuardTests : BunitContext
{
    private readonly HostedConsole _console = new();

    public SessionGuardTests()
    {
        JSInterop.SetupModule("./Components/Access/SessionGuard.razor.js").SetupModule("listen", _ => true).SetupVoid("stop")
            .SetVoidResult();
    }

    [Fact]
    public async Task End_LeadsToTheSignInPage_ThroughTheBrowser()
    {
        JSInterop.SetupVoid("location.assign", _ => true).SetVoidResult();

        var guard = await EndAsync();

        guard.WaitForAssertion(
            () =>
                Assert.Equal(
                    "http://localhost/sign-in?why=ended&return=%2F",
                    Assert.Single(JSInterop.Invocations["location.assign"]).Arguments[0]?.ToString()));
        Assert.Empty(Services.GetRequiredService<BunitNavigationManager>().History);
    }

    [Theory]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(JSDisconnectedException))]
    public async Task BrowserThatLeftFirst_IsNoFault(Type thrown)
    {
        JSInterop.SetupVoid("location.assign", _ => true).SetException((Exception)Activator.CreateInstance(thrown, "gone")!);

        var guard = await EndAsync();

        guard.WaitForAssertion(() => Assert.Single(JSInterop.Invocations["location.assign"]));
        guard.WaitForAssertion(() => Assert.Contains("Your session has ended.", guard.Markup, StringComparison.Ordinal));
        Assert.False(Renderer.UnhandledException.IsCompleted);
    }

    [Fact]
    public async Task BrokenScript_IsAFault()
    {
        JSInterop.SetupVoid("location.assign", _ => true).SetException(new JSException("broken"));

        await EndAsync();

        Assert.IsType<JSException>(await Renderer.UnhandledException);
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _console.DisposeAsync();
    }

    private async Task<IRenderedComponent<SessionGuard>> EndAsync()
    {
        var people = new People(_console);
        var owner = await people.PersonAsync(await people.FindAsync(HostedConsole.Owner));
        Services.AddScoped(
            _ =>
                new CircuitSession(
                    new Known(owner), _console.Service<SessionStore>(), _console.Service<SessionMonitor>(), TimeProvider.System));
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        await _console.Service<SessionMonitor>().StopAsync(Xunit.TestContext.Current.CancellationToken); // Only the test checks sessions.
        var guard = Render<SessionGuard>(parameters => parameters.AddChildContent("the page"));
        guard.WaitForAssertion(() => Assert.Equal("the page", guard.Markup));

        await people.WriteAsync("DELETE FROM sessions");
        await _console.Service<SessionMonitor>().CheckAsync(Xunit.TestContext.Current.CancellationToken);
        return guard;
    }

    private sealed class Known(ClaimsPrincipal person) : AuthenticationStateProvider
    {
        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(person));
    }
}
