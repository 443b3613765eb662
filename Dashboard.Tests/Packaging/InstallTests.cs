namespace Dashboard.Packaging;

/// <summary>What <c>setup/install</c> says and refuses where it cannot simply install.</summary>
public sealed class InstallTests
{
    private const string Debian = "ID=debian\nVERSION_ID=12\nVERSION_CODENAME=bookworm\nPRETTY_NAME='Debian 12'\n";
    private const int Root = 0;
    private const int Person = 1000;

    [Fact]
    public async Task Install_NothingIsMissing_PrintsAndDoesNothing()
    {
        using var machine = new FakeMachine(Debian, Root).Add("redis-server", "").Add("chromium", "");

        var outcome = await machine.InstallAsync("server", "chromium");

        Assert.Equal((0, "", ""), (outcome.ExitCode, outcome.Output, outcome.Error));
        Assert.Empty(machine.Calls);
    }

    /// <summary>Only Debian has a package of the headless browser; elsewhere the full one is used.</summary>
    [Theory]
    [InlineData(Debian, 1)]
    [InlineData("ID=ubuntu\nVERSION_ID=24.04\n", 0)]
    [InlineData("ID=fedora\n", 0)]
    public async Task Install_HeadlessBrowser_IsRequiredWhereItHasAPackage(string osRelease, int exitCode)
    {
        using var machine = new FakeMachine(osRelease, Person).Add("chromium", "");

        var outcome = await machine.InstallAsync("headless");

        Assert.Equal(
            (exitCode, exitCode == 1), (outcome.ExitCode, outcome.Error.Contains("chromium-headless-shell", StringComparison.Ordinal)));
    }

    /// <summary>Only some tests need it, and they say so themselves: everything else still installs and runs.</summary>
    [Fact]
    public async Task Install_NewerRails_OnAnotherSystem_SaysSoAndContinues()
    {
        using var machine = new FakeMachine("ID=ubuntu\nVERSION_ID=24.04\nPRETTY_NAME='Ubuntu 24.04'\n", Person).Add("sudo", "exit 0");

        var outcome = await machine.InstallAsync("newer-rails", "redis");

        // The checkout may have it already.
        Assert.Equal(
            (0, !Directory.Exists(Repository.PathOf(".run", "rails", "newer"))),
            (outcome.ExitCode, outcome.Error.Contains("the tests that need it do not run on Ubuntu 24.04.", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ID=fedora\nPRETTY_NAME='Fedora Linux 43'\n", "Fedora Linux 43")]
    [InlineData("ID=debian\nVERSION_ID=11\nPRETTY_NAME='Debian 11'\n", "Debian 11")]
    [InlineData("ID=ubuntu\nVERSION_ID=22.04\nPRETTY_NAME='Ubuntu 22.04'\n", "Ubuntu 22.04")]
    [InlineData("", "a system without")]
    public async Task Install_SystemIsUnknownOrTooOld_NamesWhatToInstallAndStops(string osRelease, string name)
    {
        using var machine = new FakeMachine(osRelease, Root);

        var outcome = await machine.InstallAsync("server", "redis");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains($"This is {name}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("  - valkey-server or redis-server\n  - redis-server\n", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
    }

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=13\n")]
    [InlineData("ID=debian\nPRETTY_NAME='Debian testing'\n")]
    [InlineData("ID=ubuntu\nVERSION_ID=24.04\n")]
    [InlineData("ID=ubuntu\nVERSION_ID=26.04\n")]
    public async Task Install_NeitherRootNorSudo_GivesTheLineToRunAsRoot(string osRelease)
    {
        using var machine = new FakeMachine(osRelease, Person);

        var outcome = await machine.InstallAsync("server", "redis");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains(
            $"Run this command as root, then the same command as before:\n  {Repository.PathOf("setup", "install")} server redis\n",
            outcome.Error, StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
    }

    [Fact]
    public async Task Install_NotRootButSudo_ContinuesWithSudoForWhatIsMissingOnly()
    {
        using var machine = new FakeMachine(Debian, Person).Add("redis-server", "");
        machine.Add("sudo", machine.Recorded("sudo"));

        var outcome = await machine.InstallAsync("valkey", "redis");

        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal($"sudo -n {Repository.PathOf("setup", "install")} valkey\n", machine.Calls);
    }

    [Fact]
    public async Task Install_SudoRefuses_GivesTheLineToRunAsRoot()
    {
        using var machine = new FakeMachine(Debian, Person).Add("sudo", "exit 1");

        var outcome = await machine.InstallAsync("redis");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Run this command as root", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_NoSdk_NamesItAndStops()
    {
        using var machine = new FakeMachine(Debian, Root);

        var outcome = await machine.InstallAsync("sdk", "server");

        Assert.Equal(1, outcome.ExitCode);
        Assert.Contains("Please install the .NET SDK 10.0.", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(machine.Calls);
    }
}
