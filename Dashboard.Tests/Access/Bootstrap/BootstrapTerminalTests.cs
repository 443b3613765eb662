using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Demo;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Access.Bootstrap;

/// <summary>
/// The console as a process on a terminal of its own, which <c>script</c> makes (package bsdutils, part of every Debian).
/// </summary>
[Trait("Slow", "yes")]
public sealed partial class BootstrapTerminalTests : IDisposable
{
    private const string Link = "/set-up#";
    private const string Command = " owner invite ";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>As in a shell; a machine that is a container itself shows none.</summary>
    [Fact]
    public async Task StartedByAShell_ShowsTheLink() => await ShowsAsync("", LaunchContext.OfThisProcess().IsContainer ? Command : Link);

    /// <summary><c>docker run -t</c>: a terminal it is, and <c>docker logs</c> keeps what it shows.</summary>
    [Fact]
    public async Task StartedInAContainer_ShowsTheCommand() => await ShowsAsync("DOTNET_RUNNING_IN_CONTAINER=true ", Command);

    /// <summary>The terminal is still there; who reads the log later is not.</summary>
    [Fact]
    public async Task OutputGoesThroughAPipe_ShowsTheCommand() => await ShowsAsync("", Command, " | cat");

    /// <summary>What is written there is on the screen, wherever the standard streams lead to; and where they lead is seen.</summary>
    [Theory]
    [InlineData("", "terminals True, of a session: True")]
    [InlineData(" >/dev/null", "terminals False, of a session: True")]
    [InlineData(" 2>/dev/null", "terminals False, of a session: True")]
    [InlineData(" </dev/null", "terminals False, of a session: True")]
    public async Task Terminal_IsTheSessions(string streams, string told)
    {
        var screen = await Shell.RunAsync(["script", "--quiet", "--command", TerminalChild.Command + streams, "/dev/null"]);

        Assert.Contains(told, screen.Output, StringComparison.Ordinal);
    }

    /// <summary>Nothing to write to, and nothing to fail by.</summary>
    [Fact]
    public async Task NoTerminal_IsNone()
    {
        var process = await Shell.RunAsync(["setsid", "--wait", "sh", "-c", TerminalChild.Command]);

        Assert.Equal((0, "", ""), (process.ExitCode, process.Output, process.Error));
    }

    /// <param name="before">Of the shell's line, before the program.</param>
    /// <param name="behind">Behind it.</param>
    private async Task ShowsAsync(string before, string words, string behind = "")
    {
        var console =
            $"dotnet {Path.Combine(AppContext.BaseDirectory, "Dashboard.dll")} --contentRoot {Repository.PathOf("Dashboard")} --urls "
                + $"http://127.0.0.1:0 "
            + $"--Dashboard:DataFolder={_folder.File("data")} --Dashboard:Instances:cache:Url=redis://127.0.0.1:1";
        var line = $"{before}sh -c 'echo console-pid $$; exec {console}'{behind}";
        ProcessStamp? started;
        await using (var process =
            await ServerProcess.StartAsync(_folder.Path, ["script", "--quiet", "--command", line, "/dev/null"], words))
        {
            Assert.True(await process.IsReadyAsync(), process.Said);
            Assert.DoesNotContain(words == Link ? Command : Link, process.Said, StringComparison.Ordinal);
            started = ProcessStamp.Of(int.Parse(Number().Match(process.Said).Groups[1].Value, CultureInfo.InvariantCulture));
        }

        // It ends with its terminal, and then writes no more.
        Assert.NotNull(started);
        await Eventually.Async(() => Task.FromResult(!started.IsAlive));
    }

    [GeneratedRegex(@"console-pid (\d+)")]
    private static partial Regex Number();
}
