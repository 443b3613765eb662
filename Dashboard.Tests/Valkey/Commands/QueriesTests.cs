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

    [Fact]
    public void Clients_AreCountedByDatabase_AndTheEmptyLastLineIsNone()
    {
        var clients = Queries.Clients.Read(Said("id=7 addr=10.0.0.1:4 name= age=1 db=0 sub=0\nid=8 name=worker db=15\nid=9 db=0\n")).Value!;

        Assert.Equal((2, 1, 0), (clients.On(0), clients.On(15), clients.On(1)));
    }

    /// <summary>A client chooses its name freely, except for blanks.</summary>
    [Theory]
    [InlineData("db=15")]
    [InlineData("a,db=15")]
    [InlineData("db=15\tdb=14")]
    [InlineData("name=db=15")]
    public void Clients_NameThatLooksLikeADatabase_IsNoDatabase(string name)
    {
        var clients = Queries.Clients.Read(Said($"id=7 name={name} age=1 db=3 sub=0\n")).Value!;

        Assert.Equal((1, 0), (clients.On(3), clients.On(15)));
    }

    /// <summary>Where one client uses an unknown database, any database may be in use.</summary>
    [Theory]
    [InlineData("id=7 addr=10.0.0.1:4 name=sidekiq age=1\n", "no line says it")]
    [InlineData("id=7 name=a db=0\nid=8 name=sidekiq age=1\n", "one line does not say it")]
    [InlineData("id=7 name=db=15 age=1\n", "a name is no database")]
    [InlineData("id=7 name=a db=\n", "no number")]
    [InlineData("id=7 name=a db=-1\n", "no number of a database")]
    [InlineData("id=7 name=a db=15 age=1 db=3\n", "two numbers")]
    [InlineData("connected: 7", "another form")]
    [InlineData("\n\n", "lines without a client")]
    [InlineData("", "the client that asks is missing")]
    public void Clients_DatabaseOfOneIsUnknown_IsAFault(string reply, string because)
    {
        var fault = Queries.Clients.Read(Said(reply)).Fault;

        Assert.True(
            fault is { Kind: FaultKind.Other, Detail: "CLIENT LIST does not say which database a client uses" }, $"{because}: {fault}");
    }

    private static RedisResult Said(string reply) => RedisResult.Create((RedisValue)reply);

    [Theory]
    [InlineData("save")]
    [InlineData("appendfsync")]
    [InlineData("maxmemory-policy")]
    public void Config_OneName_AsksForIt(string parameter) => Assert.Equal(["GET", parameter], Queries.Config(parameter).Words);
}
