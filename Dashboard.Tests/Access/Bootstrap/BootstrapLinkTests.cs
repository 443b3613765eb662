using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Dashboard.Access.Invitations;
using Dashboard.Audit.Chain;
using Dashboard.Consoles;
using Dashboard.Servers;
using Dashboard.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Access.Bootstrap;

/// <summary>The first owner's link is written only to a person's terminal; the log gets the command that makes one.</summary>
[Trait("Slow", "yes")]
public sealed partial class BootstrapLinkTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Link_OnATerminal_IsShownThereOnly()
    {
        var terminal = _folder.File("terminal");
        await File.WriteAllTextAsync(terminal, "", Cancel);
        await using var console = Console(new BootstrapTerminal(WhyNot: null) { Path = terminal });

        _ = console.Services;
        var shown =
            await Eventually.Async(() => File.ReadAllTextAsync(terminal, Cancel), text => text.EndsWith("\n\n", StringComparison.Ordinal));

        Assert.Contains("Open this link within 30 minutes to become the owner; it works once:", shown, StringComparison.Ordinal);
        var secret = Link().Match(shown).Groups[1].Value;
        Canaries.Register(secret);
        Assert.DoesNotContain("/set-up#", console.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("owner invite", console.LogText, StringComparison.Ordinal);
        await using var scope = console.Services.CreateAsyncScope();
        Assert.Null(
            await scope.ServiceProvider.GetRequiredService<InvitationAcceptance>().AcceptAsync(secret, "guest", "a long and quiet "
                + "evening", IPAddress.Loopback, Cancel));
        Assert.Equal([("console", "created for the terminal")], await LinksAsync(console));
    }

    [Theory]
    [InlineData("the console's input, output and error output are not all terminals", false, "on this machine")]
    [InlineData(
        "a container's log keeps what its terminal shows", true, "in the container (docker exec, docker compose exec, kubectl exec)")]
    public async Task WithoutAPersonsTerminal_NoLinkIsMade_AndTheLogHasTheCommand(string why, bool container, string where)
    {
        var terminal = _folder.File("terminal");
        await File.WriteAllTextAsync(terminal, "", Cancel);
        await using var console = Console(new BootstrapTerminal(why) { Path = terminal, IsInContainer = container });

        _ = console.Services;
        await Eventually.Async(() => Task.FromResult(console.LogText), said => said.Contains(" owner invite ", StringComparison.Ordinal));

        Assert.Contains($"because {why}. Name a file", console.LogText, StringComparison.Ordinal);
        Assert.Contains(
            $"{where}, as the user the console runs as ({Environment.UserName}), run: ", console.LogText, StringComparison.Ordinal);
        Assert.Contains($" --Dashboard:DataFolder={console.DataFolder}", console.LogText, StringComparison.Ordinal);
        Assert.DoesNotContain("/set-up#", console.LogText, StringComparison.Ordinal);
        Assert.Empty(await File.ReadAllTextAsync(terminal, Cancel));
        Assert.Empty(await LinksAsync(console));
    }

    /// <summary>
    /// The program that began the session may have ended, and its terminal with it: no one would see a link, so none is made.
    /// </summary>
    [Fact]
    public async Task TerminalThatClosed_CountsAsNone()
    {
        await using var console = Console(new BootstrapTerminal(WhyNot: null) { Path = _folder.File("gone") });

        _ = console.Services;
        await Eventually.Async(
            () => Task.FromResult(console.LogText), said => said.Contains("because there is no terminal.", StringComparison.Ordinal));

        Assert.Empty(await LinksAsync(console));
        Assert.False(File.Exists(_folder.File("gone")));
    }

    private static HostedConsole Console(BootstrapTerminal terminal) =>
        new(("Dashboard:OwnerPasswordFile", "")) { ReplaceServices = services => services.AddSingleton(terminal) };

    private static Task<List<(string, string)>> LinksAsync(HostedConsole console) => console.Service<IConsoleStore>().ReadAsync(
        connection =>
            AuditRows.After(connection, 0).Where(row => row.Action == "set-up.link").Select(row => (row.Actor, row.Detail!)).ToList(),
                Cancel);

    [GeneratedRegex(@"/set-up#(\S+)")]
    private static partial Regex Link();
}
