using Dashboard.Configuration;
using Dashboard.Instances;
using Dashboard.Instances.Purposes;
using Dashboard.Servers;
using Dashboard.Valkey;
using Dashboard.Valkey.Connecting;
using Dashboard.Valkey.Permissions;

namespace Dashboard.Packaging;

/// <summary>The command lines of <c>compose.yaml</c> make servers that keep the promises of their purposes.</summary>
[Trait("Needs", "Server")]
public sealed class ComposeServerTests(ComposeTrio trio) : IClassFixture<ComposeTrio>
{
    [Theory]
    [InlineData("redis_cache", "cache", 1024)]
    [InlineData("redis_cable", "cable", 512)]
    [InlineData("redis_session", "session", 512)]
    internal async Task Command_Run_MakesTheServerOfItsPurpose(string service, Purpose purpose, int megabytes)
    {
        var server = trio[service];
        var contract = purpose.Profile.Contract;

        Assert.Equal(contract.EvictionPolicy, await server.ConfigAsync("maxmemory-policy"));
        Assert.Equal($"{(long)megabytes << 20}", await server.ConfigAsync("maxmemory"));
        Assert.Equal(contract.Persists == true ? "yes" : "no", await server.ConfigAsync("appendonly"));
        Assert.Equal("everysec", await server.ConfigAsync("appendfsync"));
        Assert.Equal("", await server.ConfigAsync("save"));
        Assert.Equal(contract.Persists == true, Directory.Exists(Path.Combine(server.Data, "appendonlydir")));
        Assert.Contains("pubsub 33554432 8388608 60", await server.ConfigAsync("client-output-buffer-limit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis_cache")]
    [InlineData("redis_cable")]
    [InlineData("redis_session")]
    public async Task Command_Run_RequiresThePasswordOfTheFileAndDoesNotShowIt(string service)
    {
        var server = trio[service];

        Assert.Equal(ComposeServer.Password, await server.ConfigAsync("requirepass"));
        Assert.DoesNotContain(ComposeServer.Password, await server.ArgumentsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redis_cache", "cache")]
    [InlineData("redis_cable", "cable")]
    [InlineData("redis_session", "session")]
    internal async Task Command_Run_MakesTheUsers_WhoMayDoWhatTheyNeedAndNoMore(string service, Purpose purpose)
    {
        var server = trio[service];

        foreach (var role in ConnectionRoles.Of(purpose))
        {
            var instance = server.Instance(purpose);
            var settings = new MonitoringSettings([instance], TimeSpan.FromSeconds(1), Eventually.Bound, "test");
            var cache = new PrivilegeCheckCache(settings, new ValkeyServers(TimeProvider.System), KeyPatterns.Default, TimeProvider.System);
            var report = Assert.IsType<PrivilegeReport.Verified>(await cache.ReportAsync(instance.Id, role, null, insist: false));

            Assert.Equal(AclRules.UserOf(role), report.User);
            Assert.Equal("", string.Join(", ", report.Missing.Concat(report.Excess.Select(danger => danger.Name))));
        }

        Assert.Equal(0, (await server.CallAsync("ACL", "LOG")).Length);
    }

    [Theory]
    [InlineData("redis_cache")]
    [InlineData("redis_cable")]
    [InlineData("redis_session")]
    public async Task HealthCheck_ServerIsWell_IsGreen(string service)
    {
        var server = trio[service];

        var health = await server.CheckHealthAsync();

        Assert.Equal((0, "PONG"), (health.ExitCode, health.Output.Trim()));
    }

    [Theory]
    [InlineData("redis_cache")]
    [InlineData("redis_cable")]
    [InlineData("redis_session")]
    public async Task HealthCheck_PasswordIsAnother_IsRedAndSaysWhy(string service)
    {
        await using var server = await ComposeServer.StartAsync(service);
        await server.SetPasswordFileAsync("another");

        var health = await server.CheckHealthAsync();

        Assert.NotEqual(0, health.ExitCode);
        Assert.Contains("NOAUTH", health.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_WritesAreRefused_IsRedAndSaysWhy()
    {
        await using var server = await ComposeServer.StartAsync("redis_session");
        await server.CallAsync("CONFIG", "SET", "save", "3600 1");
        await server.CallAsync("SET", "key", "value");
        Directory.Delete(server.Data, recursive: true);
        await server.CallAsync("BGSAVE");

        var health = await Eventually.Async(server.CheckHealthAsync, health => health.ExitCode != 0);

        Assert.Contains("MISCONF", health.Output, StringComparison.Ordinal);
    }
}
