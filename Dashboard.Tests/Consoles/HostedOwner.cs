using System.Net;
using AngleSharp.Html.Parser;

namespace Dashboard.Consoles;

/// <summary>A hosted console and its owner, signed in, for the tests of one class that only read pages.</summary>
public sealed class HostedOwner : IAsyncLifetime
{
    private readonly HostedConsole _console = new();
    private HostedVisitor _owner = null!;

    public async ValueTask InitializeAsync() => _owner = await _console.SignedInAsync();

    public async ValueTask DisposeAsync()
    {
        _owner.Dispose();
        await _console.DisposeAsync();
    }

    internal async Task<(HttpStatusCode Status, string Html, string Heading)> GetAsync(string path)
    {
        var reply = await _owner.GetAsync(path);
        var html = await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (reply.StatusCode, html, new HtmlParser().ParseDocument(html).QuerySelector("h1")?.TextContent.Trim() ?? "");
    }
}
