using System.Net;
using System.Net.WebSockets;
using Dashboard.Consoles;
using Dashboard.Servers;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Edge;

/// <summary>How much one person's pages may take: so many connections, so large a message.</summary>
[Trait("Slow", "yes")]
public sealed class CircuitLimitsTests : IAsyncDisposable
{
    private readonly HostedConsole _console = new();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task EleventhConnection_IsRefused_UntilOneOfTheTenIsGone()
    {
        using var owner = await _console.SignedInAsync();
        using var another = await _console.SignedInAsync();
        var open = new List<WebSocket>();
        for (var tab = 0; tab < LiveConnections.MaxOfSession; tab++)
        {
            open.Add(await HostedCircuit.ConnectAsync(_console, owner));
        }

        Assert.Contains("429", await RefusalAsync(owner), StringComparison.Ordinal);
        Assert.Null(await RefusalAsync(another));

        // Neither said goodbye.
        open[0].Abort();
        open[9].Abort();
        await Eventually.Async(async () => await RefusalAsync(owner) is null);
        open.ForEach(socket => socket.Dispose());
        await Eventually.Async(() => Task.FromResult(!_console.Service<LiveConnections>().Sessions.Any()));
    }

    [Fact]
    public void All_AreCounted_AndEachIsGivenBackOnce()
    {
        var all = new LiveConnections();
        var open = Enumerable.Range(0, LiveConnections.Max).Select(number => all.TryOpen($"session {number / LiveConnections.MaxOfSession}", new DefaultHttpContext())).ToList();
        Assert.DoesNotContain(null, open);
        Assert.Null(all.TryOpen("one more", new DefaultHttpContext()));

        open[0]!.Dispose();
        open[0]!.Dispose();

        using var last = all.TryOpen("one more", new DefaultHttpContext());
        Assert.NotNull(last);
        Assert.Null(all.TryOpen("another", new DefaultHttpContext()));
    }

    [Fact]
    public async Task MessageBeyondTheLimit_EndsItsOwnCircuitAlone()
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

    /// <summary>A circuit that is polled would neither be counted nor cut when its session ends.</summary>
    [Fact]
    public async Task PolledCircuits_AreNotOffered()
    {
        using var owner = await _console.SignedInAsync();
        var negotiated = await (await owner.PostAsync("/_blazor/negotiate?negotiateVersion=1", [])).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using var read = System.Text.Json.JsonDocument.Parse(negotiated);

        var polled = await owner.GetAsync($"/_blazor?id={read.RootElement.GetProperty("connectionToken").GetString()}");

        Assert.Equal(HttpStatusCode.BadRequest, polled.StatusCode);
        Assert.Contains("need a WebSocket", await polled.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<string?> RefusalAsync(HostedVisitor visitor)
    {
        try
        {
            using var socket = await HostedCircuit.ConnectAsync(_console, visitor);
            socket.Abort();
            return null;
        }
        catch (InvalidOperationException refused)
        {
            return refused.Message;
        }
    }
}
