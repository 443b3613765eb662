using System.Net.WebSockets;
using Dashboard.Access.Accounts;
using Dashboard.Audit;
using Dashboard.Hosting.Edge;
using Dashboard.Servers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Time.Testing;

namespace Dashboard.Access.Sessions;

/// <summary>What is logged about refusals, and who is admitted while console.db cannot be used.</summary>
public sealed class CircuitLimitMiddlewareTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeTimeProvider _time = new(Given.Start);
    private readonly LogLines<CircuitLimitMiddleware> _log = new();
    private readonly LiveConnections _connections = new(new LivePageLimits(Total: 8, OfAccount: 8));
    private readonly OpenTrail _console;
    private readonly SessionStore _sessions;
    private readonly CircuitLimitMiddleware _middleware;
    private int _served;

    public CircuitLimitMiddlewareTests()
    {
        _console = new(_folder.Path, _time);
        _sessions = new(_console.Store, _time);
        _middleware = new(
            _ =>
            {
                _served++;
                return Task.CompletedTask;
            },
            _connections, _sessions, _time, _log);
    }

    public void Dispose()
    {
        _console.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Refusals_AreLoggedOnceAMinute_WhateverTheClockDoes()
    {
        TakeAll();

        Assert.Equal(429, await AskAsync());
        Assert.Equal(429, await AskAsync());
        Assert.Equal(
            ["Warning: Refused a live page of guest: the limit per console is reached (8 of 8 pages are live). This is logged once a "
                + "minute at most"], _log.Lines);

        _time.Advance(TimeSpan.FromSeconds(59));
        await AskAsync();
        Assert.Single(_log.Lines);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync();
        Assert.Equal(2, _log.Lines.Count);
        _time.AdjustTime(Given.Start.AddDays(-1));
        await AskAsync();
        Assert.Equal(3, _log.Lines.Count);
        Assert.Equal(0, _served);
    }

    /// <summary>No one can act then: all share the pages that are left to people who only watch, and no one gets an error.</summary>
    [Fact]
    public async Task ConsoleDbThatCannotBeUsed_LetsPeopleWatch()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "console.db"), new string('x', 8192), TestContext.Current.CancellationToken);

        Assert.Equal(200, await AskAsync());
        Assert.Equal(1, _served);

        TakeAll(6);
        Assert.Equal(429, await AskAsync());
    }

    private void TakeAll(int count = 8)
    {
        for (var page = 0; page < count; page++)
        {
            _connections.TryOpen(new($"session {page}", $"account {page}", MayAct: count == 8), new DefaultHttpContext(), out _);
        }
    }

    /// <returns>The status.</returns>
    private async Task<int> AskAsync()
    {
        var context = new DefaultHttpContext { User = SessionClaims.Of(new Account { Id = "1", Name = "guest" }, "its session") };
        context.SetEndpoint(new(null, new(new HubMetadata(typeof(Hub))), "a hub"));
        context.Features.Set<IHttpWebSocketFeature>(new UpgradeRequest());
        await _middleware.InvokeAsync(context);
        return context.Response.StatusCode;
    }

    private sealed class UpgradeRequest : IHttpWebSocketFeature
    {
        public bool IsWebSocketRequest => true;

        public Task<WebSocket> AcceptAsync(WebSocketAcceptContext context) =>
            throw new InvalidOperationException("Nothing is accepted here.");
    }
}
