using System.Net;
using Dashboard.Consoles;
using Dashboard.Servers;

namespace Dashboard.Api;

/// <summary>What a proxy or a supervisor asks for.</summary>
[Trait("Slow", "yes")]
public sealed class HealthTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Console_WithItsStore_IsAliveAndReady()
    {
        await using var console = new HostedConsole();

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(console, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(console, "/readyz"));
    }

    [Fact]
    public async Task Console_WhoseStoreCannotBeUsed_IsAliveAndReady_BecauseAnotherOneHasTheSameStore()
    {
        var data = _folder.Make("data");
        await File.WriteAllTextAsync(Path.Combine(data, "console.db"), "no database", TestContext.Current.CancellationToken);
        await using var console = new HostedConsole { DataFolder = data };

        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(console, "/healthz"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(console, "/readyz"));
    }

    private static async Task<(HttpStatusCode Status, string Word)> AskAsync(HostedConsole console, string path)
    {
        using var proxy = console.Visit();
        var answer = await proxy.GetAsync(path);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
