namespace Dashboard.Access.Bootstrap;

/// <summary>A link is shown only where a person sees it and no log keeps it. Streams that are terminals are not enough.</summary>
public sealed class LaunchContextTests
{
    private const string Redirected = "the console's input, output and error output are not all terminals";
    private const string Container = "a container's log keeps what its terminal shows";
    private const string NoShell = "the console was not started from a shell";
    private const string Service = "systemd started the console as a service";

    /// <summary>Process 4711 of the session that shell 4650 began, on a machine with systemd.</summary>
    private static readonly LaunchContext Shell =
        new(true, 4711, 4650, new Dictionary<string, string?>(), [], "0::/user.slice/user-1000.slice/session-2.scope\n");

    private static LaunchContext With(string name, string? value) =>
        Shell with { Variables = new Dictionary<string, string?> { [name] = value } };

    [Fact]
    public void TerminalOfAShell_ShowsTheLink()
    {
        Assert.Null(Shell.WhyKept);
        Assert.False(Shell.IsContainer);
        Assert.Null((Shell with { Session = 4711 }).WhyKept); // ssh -t machine ./demo
    }

    [Fact]
    public void StreamThatIsNoTerminal_CountsAsALog() => Assert.Equal(Redirected, (Shell with { HasTerminals = false }).WhyKept);

    [Theory]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER", "true", true)]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER", "1", true)]
    [InlineData("DOTNET_RUNNING_IN_CONTAINERS", "True", true)]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER", "False", false)]
    [InlineData("DOTNET_RUNNING_IN_CONTAINER", "", false)]
    [InlineData("container", "podman", true)]
    [InlineData("KUBERNETES_SERVICE_HOST", "10.0.0.1", true)]
    [InlineData("TERM", "xterm", false)]
    public void VariableOfAContainer_IsEnough(string name, string value, bool container)
    {
        Assert.Equal(container, With(name, value).IsContainer);
        Assert.Equal(container ? Container : null, With(name, value).WhyKept);
    }

    [Theory]
    [InlineData("/.dockerenv")]
    [InlineData("/run/.containerenv")]
    public void FileOfAContainer_IsEnough(string file) => Assert.Equal(Container, (Shell with { Files = [file] }).WhyKept);

    [Theory]
    [InlineData("12:cpu:/docker/3f1\n0::/docker/3f1\n", true)]
    [InlineData("0::/kubepods.slice/kubepods-besteffort.slice/cri-containerd-3f1.scope\n", true)]
    [InlineData("0::/machine.slice/libpod-3f1.scope\n", true)]
    [InlineData("12:cpu:/lxc/101\n", true)]
    [InlineData("0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-spawn-1.scope\n", false)]
    [InlineData("0::/\n", false)]
    [InlineData("", false)]
    public void ControlGroupOfAContainer_IsEnough(string groups, bool container) =>
        Assert.Equal(container ? Container : null, (Shell with { ControlGroups = groups }).WhyKept);

    /// <summary>
    /// No other sign of a container: the console is its first process, a shell is, or the session lies outside the process namespace.
    /// </summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(7, 0)]
    public void SessionNotBegunByAShell_KeepsTheLinkBack(int process, int? session) =>
        Assert.Equal(NoShell, (Shell with { Process = process, Session = session }).WhyKept);

    /// <summary>The system has no <c>/proc</c>.</summary>
    [Fact]
    public void UnknownSession_KeepsTheLinkBack() =>
        Assert.Equal("this system does not report what started the console", (Shell with { Session = null }).WhyKept);

    /// <summary>
    /// A service may have the machine's console as its terminal. A desktop's terminal is a service as well, and what is started in it
    /// inherits its variables.
    /// </summary>
    [Theory]
    [InlineData("4711", Service)]
    [InlineData("4650", Service)]
    [InlineData("2200", null)]
    [InlineData("", null)]
    [InlineData("many", null)]
    public void StartedBySystemd_KeepsTheLinkBack_UnlikeAProgramInADesktopTerminal(string started, string? why) =>
        Assert.Equal(why, With("SYSTEMD_EXEC_PID", started).WhyKept);

    [Theory]
    [InlineData("4711 (dotnet) S 4700 4711 4650 34816 4711 4194304 1 2", 4650)]
    [InlineData("4711 (a (b) c) S 1 4711 1 0 -1", 1)]
    [InlineData("", null)]
    [InlineData("4711 (dotnet", null)]
    [InlineData("4711 (dotnet) S 4700 4711", null)]
    [InlineData("4711 (dotnet) S 4700 4711 x 34816", null)]
    public void Session_IsTheFourthFieldAfterTheName(string stat, int? session) => Assert.Equal(session, LaunchContext.SessionIn(stat));

    [Fact]
    public void OfThisProcess_IsRead()
    {
        var context = LaunchContext.OfThisProcess();

        Assert.Equal(Environment.ProcessId, context.Process);
        Assert.NotNull(context.Session);
    }
}
