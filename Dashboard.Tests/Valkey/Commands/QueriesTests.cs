using StackExchange.Redis;

namespace Dashboard.Valkey.Commands;

public sealed class QueriesTests
{
    [Theory]
    [InlineData("*")] // everything, the password included
    [InlineData("requirepas?")]
    [InlineData("save appendfsync")]
    [InlineData("")]
    [InlineData("requirepass")]
    [InlineData("masterauth")]
    [InlineData("primaryauth")]
    [InlineData("masteruser")]
    [InlineData("tls-key-file-pass")]
    public void Config_PatternOrSecret_IsRefused(string parameter) => Assert.Throws<ArgumentException>(() => Queries.Config(parameter));

    [Theory]
    [InlineData("OK", DryRun.Allowed)]
    [InlineData("User dash-watch has no permissions to run the 'get' command", DryRun.Refused)] // Valkey 8
    [InlineData("This user has no permissions to run the 'config|get' command", DryRun.Refused)] // Redis 7
    [InlineData("User some has no permissions to access the 'x' key", DryRun.OutOfScope)]
    [InlineData("This user has no permissions to access the 'x' channel", DryRun.OutOfScope)]
    [InlineData("User some has no permissions to access database 1", DryRun.OtherDatabase)] // Valkey 9.1
    [InlineData("User some has no permissions to access database flushall", DryRun.OtherDatabase)]
    internal void MayRun_RepliesOfEachServer_AreUnderstood(string reply, DryRun said) =>
        Assert.Equal(said, Queries.MayRun("u", ["GET", "x"]).Read(Said(reply)).Value);

    [Fact]
    public void MayRun_UnknownReply_ClaimsNothing() =>
        Assert.Equal(FaultKind.Other, Queries.MayRun("u", ["GET", "x"]).Read(Said("perhaps")).Fault?.Kind);

    /// <summary>The name is part of a line that people copy.</summary>
    [Theory]
    [InlineData("dash-watch +@all")]
    [InlineData("dash-watch\nFLUSHALL")]
    [InlineData("")]
    public void WhoAmI_InvalidName_IsRefused(string reply) => Assert.Equal(FaultKind.Other, Queries.WhoAmI.Read(Said(reply)).Fault?.Kind);

    private static RedisResult Said(string reply) => RedisResult.Create((RedisValue)reply);

    [Theory]
    [InlineData("save")]
    [InlineData("appendfsync")]
    [InlineData("maxmemory-policy")]
    public void Config_OneName_AsksForIt(string parameter) => Assert.Equal(["GET", parameter], Queries.Config(parameter).Words);
}
