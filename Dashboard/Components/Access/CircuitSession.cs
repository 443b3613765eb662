using System.Security.Claims;
using Dashboard.Access.Roles;
using Dashboard.Access.Sessions;
using Dashboard.Storage;
using Microsoft.AspNetCore.Components.Authorization;

namespace Dashboard.Components.Access;

/// <summary>Whose page this is and what they may do now, kept up to date while the circuit lives.</summary>
internal sealed class CircuitSession(
    AuthenticationStateProvider authentication, SessionStore sessions, SessionMonitor monitor, TimeProvider time) : IDisposable
{
    private ClaimsPrincipal? _person;
    private IDisposable? _following;

    /// <summary>The session as it was read last; null until it was read, and where there is none.</summary>
    public Session? Now { get; private set; }

    public string? Id => _person?.SessionId();

    public string Name => _person?.Identity?.Name ?? "";

    /// <summary>Whether the session has ended (signed out, disabled, or too old): then nothing more is shown.</summary>
    public bool HasEnded { get; private set; }

    public bool IsIdle => Now?.IsIdleAt(time.GetUtcNow()) == true;

    /// <summary>Raised on a pool thread when grants changed, or the session became idle, active again, or ended.</summary>
    public event Action? Changed;

    /// <summary>Whether the session has this permission, for what a page shows. An act is authorized where it is performed.</summary>
    public bool May(Permission permission) => Now?.Grants.Allow(permission) == true;

    /// <summary>Loads the session before the first render, so that the first thing drawn is right.</summary>
    public async Task LoadAsync()
    {
        if (_person is not null)
        {
            return;
        }

        _person = (await authentication.GetAuthenticationStateAsync()).User;
        Refresh();
    }

    /// <summary>Follows changes from now on; for circuits, not for a page that is rendered once.</summary>
    public void Follow() => _following ??= Id is { } id ? monitor.Follow(id, OnSession) : null;

    public void Refresh()
    {
        try
        {
            Now = Id is { } id ? sessions.Find(id) : null;
        }
        catch (StoreException)
        {
            // The page continues with the session it has.
        }
    }

    /// <summary>Records that the person did something.</summary>
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
            // The session becomes idle a little early.
        }
    }

    public void Dispose() => _following?.Dispose();

    private void OnSession(Session? session)
    {
        var before = Now;
        Now = session ?? Now;
        var isIdle = IsIdle;
        HasEnded |= session is null;
        var granted = session is not null && before is not null && !session.Grants.All.SequenceEqual(before.Grants.All);
        if (granted || HasEnded)
        {
            // Pages that depend on roles are authorized again.
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
