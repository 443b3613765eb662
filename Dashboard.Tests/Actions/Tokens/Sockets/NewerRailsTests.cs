using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Dashboard.Servers;

namespace Dashboard.Actions.Tokens.Sockets;

/// <summary>ActionCable 7.1 and newer tells its clients whether to connect again, and can live on without listening.</summary>
[Trait("Needs", "Server")]
public sealed class NewerRailsTests(CableOfNewerRails cable) : IClassFixture<CableOfNewerRails>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, """{"type":"disconnect","reconnect":true,"reason":"remote"}""")]
    [InlineData(false, """{"type":"disconnect","reconnect":false,"reason":"remote"}""")]
    public async Task Cut_TellsTheClientWhetherToConnectAgain(bool reconnect, string frame)
    {
        cable.Rails.RequireNewer();
        var sockets = await cable.OpenAsync(1, "user=42");

        var attempt = await cable.Console.CutAsync("42", reconnect, Cancel);

        var frames = await sockets[0].Closed.WaitAsync(Eventually.Bound, TimeProvider.System, Cancel);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(frame), JsonNode.Parse(frames[^1])), frames[^1]);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, sockets[0].CloseStatus);
        Assert.Equal(SocketState.Closed, cable.Console.Outcome("42", reconnect, [attempt]).State);
    }

    /// <summary>
    /// While the server is away, the process gives up listening and keeps its sockets. It broadcasts again afterwards, so it is connected.
    /// Once it is restarted, as the console says, sockets can be cut again.
    /// </summary>
    [Fact]
    public async Task ProcessThatGaveUpListening_IsNamed_AndNothingIsCalledClosed()
    {
        cable.Rails.RequireNewer();
        var sockets = await cable.OpenAsync(1, "user=43");
        var before = await cable.Console.CutAsync("nobody", reconnect: false, Cancel);
        await cable.Server.KillAsync();
        await Eventually.Async(cable.Rails.ListensAsync, listens => !listens);
        await cable.Server.RestartAsync();
        await cable.Rails.BroadcastAsync();

        var outcome = cable.Console.Outcome("43", reconnect: false, [before, await cable.Console.CutAsync("43", reconnect: false, Cancel)]);

        Assert.Equal(SocketState.SentinelsMissing, outcome.State);
        Assert.EndsWith($"connected without listening: {cable.ProcessName}.", outcome.Sentence, StringComparison.Ordinal);
        Assert.False(sockets[0].Closed.IsCompleted);
        await cable.RestartRailsAsync();
        await cable.OpenAsync(1, "user=43");
        Assert.Equal(1, (await cable.Console.CutAsync("43", reconnect: false, Cancel)).Told);
    }
}
