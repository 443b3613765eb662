namespace Dashboard.Packaging;

/// <summary>What can be checked in <c>compose.yaml</c> without a server.</summary>
public sealed class ComposeFileTests
{
    private readonly ComposeFile _file = ComposeFile.Read();

    [Fact]
    public void Services_AreTheThree() => Assert.Equal(["redis_cable", "redis_cache", "redis_session"], _file.Services.Keys.Order());

    [Theory]
    [InlineData("redis_cache", 6379)]
    [InlineData("redis_cable", 6380)]
    [InlineData("redis_session", 6381)]
    public void Ports_AreOnThisMachineOnly(string service, int port) =>
        Assert.Equal([$"127.0.0.1:{port}:6379"], _file.Services[service].Ports);

    [Fact]
    public void Images_AreNamedOnceEach_SoThatSwitchingIsThreeLines() =>
        Assert.All(_file.Services.Values, service => Assert.Equal("valkey/valkey:8-alpine", service.Image));

    [Fact]
    public void Secrets_AreTheFilesThatGenerateMakes() =>
        Assert.All(_file.Services, service =>
        {
            Assert.Equal([$"{service.Key}_password", $"{service.Key}_acl"], service.Value.Secrets);
            Assert.Equal($"./secrets/{service.Key}_password", _file.Secrets[$"{service.Key}_password"].File);
            Assert.Equal($"./secrets/{service.Key}.acl", _file.Secrets[$"{service.Key}_acl"].File);
        });

    [Fact]
    public void Volumes_OnlyTheSessionStoreKeepsItsData()
    {
        Assert.Equal("redis_session:/data", Assert.Single(_file.Services["redis_session"].Volumes));
        Assert.Empty(_file.Services["redis_cache"].Volumes);
        Assert.Empty(_file.Services["redis_cable"].Volumes);
    }
}
