using System.Globalization;
using System.Text.RegularExpressions;
using Dashboard.Demo;
using Dashboard.Packaging;
using Dashboard.Servers;

namespace Dashboard.Access.Bootstrap;

/// <summary>Starts the console as a process on its own terminal, made by <c>script</c> (package bsdutils, part of every Debian).</summary>
[Trait("Slow", "yes")]
public sealed partial class BootstrapTerminalTests : IDisposable
{
    private const string Link = "/set-up#";
    private const string Command = " owner invite ";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The console starts as from a shell. Where the test machine is itself a container, it shows the command.</summary>
    [Fact]
    public async Task StartedByAShell_ShowsTheLink() => await ShowsAsync("", LaunchContext.OfThisProcess().IsContainer ? Command : Link);

    /// <summary><c>docker run -t</c> gives the console a terminal, but <c>docker logs</c> keeps what that terminal shows.</summary>
    [Fact]
    public async Task StartedInAContainer_ShowsTheCommand() => await ShowsAsync("DOTNET_RUNNING_IN_CONTAINER=true ", Command);

    /// <summary>The terminal is still there, but other people may read the log later.</summary>
    [Fact]
    public async Task OutputGoesThroughAPipe_ShowsTheCommand() => await ShowsAsync("", Command, " | cat");

    /// <summary>
    /// Text for the terminal reaches the screen wherever the standard streams lead, and a stream that leads elsewhere is detected.
    /// </summary>
    [Theory]
    [InlineData("", "terminals True, of a session: True")]
    [InlineData(" >/dev/null", "terminals False, of a session: True")]
    [InlineData(" 2>/dev/null", "terminals False, of a session: True")]
    [InlineData(" </dev/null", "terminals False, of a session: True")]
    public async Task Terminal_IsThatOfTheSession(string streams, string expected)
    {
        var screen = await Shell.RunAsync(["script", "--quiet", "--command", TerminalChild.Command + streams, "/dev/null"]);

        Assert.Contains(expected, screen.Output, StringComparison.Ordinal);
    }

    /// <summary>There is nothing to write to, and nothing fails.</summary>
    [Fact]
    public async Task NoTerminal_WritesNothing()
    {
        var process = await Shell.RunAsync(["setsid", "--wait", "sh", "-c", TerminalChild.Command]);

        Assert.Equal((0, "", ""), (process.ExitCode, process.Output, process.Error));
    }

    /// <param name="before">The start of the shell's line, before the program.</param>
    /// <param name="expected">The text to wait for on the screen.</param>
    /// <param name="after">The end of the line, after the program.</param>
    private async Task ShowsAsync(string before, string expected, string after = "")
    {
        var console =
            $"dotnet {Path.Combine(AppContext.BaseDirectory, "Dashboard.dll")} --contentRoot {Repository.PathOf("Dashboard")} --urls "
                + $"http://127.0.0.1:0 "
            + $"--Dashboard:DataFolder={_folder.File("data")} --Dashboard:Instances:cache:Url=redis://127.0.0.1:1";
        var line = $"{before}sh -c 'echo console-pid $$; exec {console}'{after}";
        ProcessStamp? started;
        await using (var process =
            await ServerProcess.StartAsync(_folder.Path, ["script", "--quiet", "--command", line, "/dev/null"], expected))
        {
            Assert.True(await process.IsReadyAsync(), process.Output);
            Assert.DoesNotContain(expected == Link ? Command : Link, process.Output, StringComparison.Ordinal);
            started = ProcessStamp.Of(int.Parse(Number().Match(process.Output).Groups[1].Value, CultureInfo.InvariantCulture));
        }

        // The console ends with its terminal, and then writes nothing more.
        Assert.NotNull(started);
        await Eventually.Async(() => Task.FromResult(!started.IsAlive));
    }

    [GeneratedRegex(@"console-pid (\d+)")]
    private static partial Regex Number();
}
