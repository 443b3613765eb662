using System.Security.Claims;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Components.Access;

/// <summary>Whose page this is and what they may do now, followed for as long as the circuit lives.</summary>
internal sealed class CircuitSession(
    AuthenticationStateProvider authentication, SessionStore sessions, SessionMonitor monitor, TimeProvider time) : IDisposable
{
    private ClaimsPrincipal? _person;
    private IDisposable? _following;

    /// <summary>As it was read last; null before that, and while console.db cannot be used.</summary>
    public Session? Now { get; private set; }

    public string? Id => _person?.SessionId();

    public string Name => _person?.Identity?.Name ?? "";

    /// <summary>Signed out, disabled, or too old: nothing more is shown.</summary>
    public bool HasEnded { get; private set; }

    public bool IsIdle => Now?.IsIdleAt(time.GetUtcNow()) == true;

    /// <summary>Grants changed, it fell idle or woke, or it ended. Raised on a pool thread.</summary>
    public event Action? Changed;

    /// <summary>For what a page shows; what it does is judged where it is done.</summary>
    public bool May(Permission permission) => Now?.Grants.Allow(permission) == true;

    /// <summary>Ends before it returns, so that the first thing drawn is right.</summary>
    public async Task LoadAsync()
    {
        if (_person is not null)
        {
            return;
        }

        _person = (await authentication.GetAuthenticationStateAsync()).User;
        Refresh();
    }

    /// <summary>From now on changes are heard of; for circuits, not for a page that is drawn once.</summary>
    public void Follow() => _following ??= Id is { } id ? monitor.Follow(id, Hear) : null;

    public void Refresh()
    {
        try
        {
            Now = Id is { } id ? sessions.Find(id) : null;
        }
        catch (StoreException)
        {
            // Watching goes on.
        }
    }

    /// <summary>The person did something.</summary>
    public async Task TouchAsync()
    {
        try
        {
            if (Id is { } id)
            {
                await sessions.TouchAsync(id);
            }
        }
        catch (StoreException)
        {
            // They fall idle a little early.
        }
    }

    public void Dispose() => _following?.Dispose();

    private void Hear(Session? session)
    {
        var before = Now;
        Now = session ?? Now;
        var isIdle = IsIdle;
        HasEnded |= session is null;
        var granted = session is not null && before is not null && !session.Grants.All.SequenceEqual(before.Grants.All);
        if (granted || HasEnded)
        {
            // Who is shown a page by their roles is asked again.
            var person = HasEnded ? new ClaimsPrincipal(new ClaimsIdentity()) : new ClaimsPrincipal(_person!.Identity!);
            (authentication as IHostEnvironmentAuthenticationStateProvider)?.SetAuthenticationState(
                Task.FromResult(new AuthenticationState(person)));
        }

        if (granted || HasEnded || isIdle != _idleSeen || before is null)
        {
            _idleSeen = isIdle;
            Changed?.Invoke();
        }
    }

    private bool _idleSeen;
}
