using System.Net;
using System.Net.WebSockets;
using Dashboard.Access.Roles;
using Dashboard.Configuration;
using Dashboard.Consoles;
using Dashboard.Hosting.Edge;
using Dashboard.Servers;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Dashboard.Scenarios;

/// <summary>The limits of one person's pages: the number of connections and the size of a message.</summary>
[Trait("Slow", "yes")]
public sealed class CircuitLimitsTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new(("Dashboard:MaxLivePages", "6"), ("Dashboard:MaxLivePagesPerAccount", "3"));

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task ThirdPageOfASession_IsRefused_UntilOneOfTheTwoCloses()
    {
        using var owner = await _console.SignedInAsync();
        using var another = await _console.SignedInAsync();
        var open =
            new List<WebSocket> { await HostedCircuit.ConnectAsync(_console, owner), await HostedCircuit.ConnectAsync(_console, owner) };

        Assert.Contains("429", await RefusalAsync(owner), StringComparison.Ordinal);
        Assert.Null(await RefusalAsync(another));

        // The browser vanishes without closing the connection.
        open[0].Abort();
        await Eventually.Async(async () => await RefusalAsync(owner) is null);
        open.ForEach(socket => socket.Dispose());
        await Eventually.Async(() => Task.FromResult(!_console.Service<LiveConnections>().Sessions.Any()));
    }

    /// <summary>The router maps all of these to one endpoint.</summary>
    [Theory]
    [InlineData("/_blazor")]
    [InlineData("/_blazor/")]
    [InlineData("/_BLAZOR")]
    [InlineData("/%5Fblazor")]
    public async Task EveryAddressOfTheEndpoint_IsCounted_AndOffersNoPolling(string address)
    {
        using var owner = await _console.SignedInAsync();

        using (var open = await HostedCircuit.ConnectAsync(_console, owner, address))
        {
            Assert.Single(_console.Service<LiveConnections>().Sessions);
            Assert.Equal(WebSocketState.Open, open.State);
        }

        await NeedsAWebSocketAsync(await owner.GetAsync(address));
        await NeedsAWebSocketAsync(await owner.PostAsync(address, []));
    }

    /// <summary>
    /// A polled connection would be neither counted nor cut when its session ends, and a negotiated one holds memory until it is opened.
    /// </summary>
    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/_blazor/negotiate/?negotiateVersion=1")]
    [InlineData("/_Blazor/Negotiate?negotiateVersion=1")]
    public async Task Negotiating_IsNotOffered(string address)
    {
        using var owner = await _console.SignedInAsync();

        await NeedsAWebSocketAsync(await owner.PostAsync(address, []));
    }

    [Fact]
    public async Task ViewerWithManySessions_LeavesPagesForOthers()
    {
        using var viewer = await _console.PersonAsync("guest", OperatorRole.Viewer);
        using var another = await _console.PersonAsync("other-guest", OperatorRole.Viewer);
        using var owner = await _console.SignedInAsync();
        var refusals = new List<string?>();
        var sessions = new List<HostedVisitor> { viewer };
        for (var again = 0; again < 5; again++)
        {
            sessions.Add(await _console.SignedInAsync("guest", HostedConsole.GuestPassword));
        }

        var open = new List<WebSocket>();
        foreach (var session in sessions)
        {
            refusals.Add(await RefusalAsync(session, open));
        }

        // The account has three pages at most, however many sessions it has.
        Assert.Equal(3, refusals.Count(refusal => refusal is null));
        Assert.Equal(3, refusals.Count(refusal => refusal?.Contains("429", StringComparison.Ordinal) == true));
        Assert.Null(await RefusalAsync(another, open));
        Assert.Null(await RefusalAsync(another, open));

        // Six pages in all, but accounts that only watch leave a quarter of them to those that may act.
        using var third = await _console.PersonAsync("third-guest", OperatorRole.Viewer);
        Assert.Contains("429", await RefusalAsync(third, open), StringComparison.Ordinal);
        Assert.Null(await RefusalAsync(owner, open));
        Assert.Contains("429", await RefusalAsync(owner, open), StringComparison.Ordinal);
        Assert.Contains(
            "Refused a live page of third-guest: the limit per console is reached (5 of 6 pages are live)", _console.LogText,
            StringComparison.Ordinal);
        open.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public void Pages_AreCounted_AndEachIsReleasedOnce()
    {
        var all = new LiveConnections(new LivePageLimits(Total: 8, OfAccount: 4));
        var open = Enumerable.Range(0, 8).Select(number => Open(all, $"session {number / 2}", $"account {number / 4}", mayAct: true))
            .ToList();
        Assert.DoesNotContain(null, open);
        Assert.Null(Open(all, "one more", "one more", mayAct: true));
        Assert.Equal(LivePageRefusal.Session, RefusalOf(all, "session 1", "account 0"));
        Assert.Equal(LivePageRefusal.Account, RefusalOf(all, "one more", "account 0"));
        Assert.Equal(LivePageRefusal.Console, RefusalOf(all, "one more", "one more"));

        open[0]!.Dispose();
        open[0]!.Dispose();

        using var last = Open(all, "one more", "one more", mayAct: true);
        Assert.NotNull(last);
        Assert.Null(Open(all, "another", "another", mayAct: true));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(20, 10)]
    public void Session_GetsHalfOfItsAccountsPages(int account, int session) =>
        Assert.Equal(session, new LivePageLimits(200, account).OfSession);

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(8, 6)]
    [InlineData(200, 150)]
    public void Watchers_LeaveAQuarter_AndAtLeastOne(int total, int watchers) =>
        Assert.Equal(watchers, new LivePageLimits(total, 2).OfWatchers);

    /// <summary>Circuits that lost their browser hold memory as well.</summary>
    [Fact]
    public void CircuitsWithoutABrowser_AreHalfAsManyAsLivePages()
    {
        var circuits = _console.Service<IOptions<CircuitOptions>>().Value;

        Assert.Equal((3, 3), (circuits.DisconnectedCircuitMaxRetained, circuits.PersistedCircuitInMemoryMaxRetained));
    }

    [Theory]
    [InlineData("2", "2", true)]
    [InlineData("10000", "10000", true)]
    [InlineData("1", "2", false)]
    [InlineData("200", "10001", false)]
    [InlineData("", "20", false)]
    [InlineData("200", "-3", false)]
    [InlineData("2e2", "20", false)]
    public void Settings_AreWholeNumbersWithinTheirBounds(string total, string account, bool fit)
    {
        var errors = new SettingErrors();

        LivePageLimits.Read(new() { MaxLivePages = total, MaxLivePagesPerAccount = account }, errors);

        Assert.Equal(fit, errors.Sentences.Count == 0);
        Assert.All(
            errors.Sentences,
            sentence => Assert.Contains("is not a whole number from 2 to 10000. Write ", sentence, StringComparison.Ordinal));
    }

    [Fact]
    public async Task MessageBeyondTheLimit_EndsOnlyItsOwnCircuit()
    {
        using var owner = await _console.SignedInAsync();
        await using var loud = await HostedCircuit.OpenAsync(_console, owner, "/accounts");
        await using var quiet = await HostedCircuit.OpenAsync(_console, owner, "/accounts");
        var (_, fits) = await loud.CallAsync("Dashboard", "NoSuchMethod", 0, $"[\"{new string('x', 30 * 1024)}\"]");
        Assert.NotEmpty(fits);
        Assert.True(loud.IsOpen);

        await loud.SendAsync("BeginInvokeDotNetFromJS", "1", "Dashboard", "NoSuchMethod", 0L, $"[\"{new string('x', 33 * 1024)}\"]");

        await loud.EndedAsync();
        Assert.False((await quiet.CallAsync("Dashboard", "NoSuchMethod", 0, "[]")).Done);
        Assert.True(quiet.IsOpen);
    }

    private static LivePageRefusal RefusalOf(LiveConnections all, string session, string account) =>
        all.TryOpen(new(session, account, MayAct: true), new DefaultHttpContext(), out _);

    private static IDisposable? Open(LiveConnections all, string session, string account, bool mayAct)
    {
        all.TryOpen(new(session, account, mayAct), new DefaultHttpContext(), out var open);
        return open;
    }

    private static async Task NeedsAWebSocketAsync(HttpResponseMessage reply)
    {
        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Contains(
            "need a WebSocket", await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    /// <param name="open">Where the connection is kept; null to end it at once.</param>
    private async Task<string?> RefusalAsync(HostedVisitor visitor, List<WebSocket>? open = null)
    {
        try
        {
            var socket = await HostedCircuit.ConnectAsync(_console, visitor);
            open?.Add(socket);
            if (open is null)
            {
                socket.Abort();
                socket.Dispose();
            }

            return null;
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }
}
