namespace Dashboard.Servers;

/// <summary>The values of <c>DASHBOARD_TEST_SERVER</c>, and the error for any other value.</summary>
public sealed class ServerKindTests
{
    [Theory]
    [InlineData("Server v=7.2.7 sha=00000000:0 malloc=libc bits=64 build=ebf7c704d218fa0c\n", "valkey")]
    [InlineData("Valkey server v=8.0.1 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=39f7c371e0a96e3d\n", "valkey")]
    [InlineData("Valkey server v=9.1.2 sha=00000000:0 malloc=jemalloc-5.3.1 bits=64 build=9108e8f1788612b\n", "valkey")]
    [InlineData("Redis server v=7.0.15 sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=ae4d7c971a948f0\n", "redis")]
    [InlineData("Redis server v=8.6.3 sha=00000000:0 malloc=jemalloc-5.3.1 bits=64 build=8cac74f158079657\n", "redis")]
    [InlineData("valkey-cli 9.1.2\n", null)]
    [InlineData("Other server v=1.0.0\n", null)]
    [InlineData("", null)]
    public void NameIn_VersionOutput_IsTheServersName(string version, string? name) =>
        Assert.Equal(name, ServerKind.NameIn(version));

    [Theory]
    [InlineData("keydb", "DASHBOARD_TEST_SERVER is 'keydb': say valkey, redis or the path of a server's program.")]
    [InlineData("/nowhere/valkey-server", "DASHBOARD_TEST_SERVER is '/nowhere/valkey-server': there is no such file; give the full path")]
    [InlineData("/usr/", "DASHBOARD_TEST_SERVER is '/usr/': there is no such file; give the full path")]
    [InlineData("/bin/echo", "DASHBOARD_TEST_SERVER is '/bin/echo': that is neither Valkey nor Redis, for --version it says 'echo")]
    public void Read_NoServer_NamesTheValueAndTheRemedy(string setting, string answer)
    {
        var error = Assert.Throws<InvalidOperationException>(() => ServerKind.Read(setting));

        Assert.StartsWith(answer, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotExecutable_ReportsIt()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder.File("valkey-server"), "");

        var error = Assert.Throws<InvalidOperationException>(() => ServerKind.Read(folder.File("valkey-server")));

        Assert.Equal(
            $"DASHBOARD_TEST_SERVER is '{folder.File("valkey-server")}': it does not start (Permission denied); "
            + "make it executable, or give the path of a server built for this machine.",
            error.Message);
    }

    [Fact, Trait("Needs", "Server")]
    public void Read_PathOfAServer_IsThatServer() =>
        Assert.Equal((ServerKind.IsValkey ? "valkey" : "redis", ServerKind.Program), ServerKind.Read(ServerKind.Program));
}
