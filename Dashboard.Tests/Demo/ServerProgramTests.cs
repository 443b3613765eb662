namespace Dashboard.Demo;

/// <summary>Where a server's client is.</summary>
public sealed class ServerProgramTests
{
    [Theory]
    [InlineData("/usr/bin/valkey-server", "/usr/bin/valkey-cli")]
    [InlineData("/opt/redis-server-8/bin/redis-server", "/opt/redis-server-8/bin/redis-cli")]
    [InlineData("valkey-server", "valkey-cli")]
    public void ClientOf_Server_IsBesideIt(string server, string client) => Assert.Equal(client, ServerProgram.ClientOf(server));
}
