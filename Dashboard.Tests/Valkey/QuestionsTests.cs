namespace Dashboard.Valkey;

public sealed class QuestionsTests
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
    public void Config_PatternOrSecret_IsRefused(string parameter) => Assert.Throws<ArgumentException>(() => Questions.Config(parameter));

    [Theory]
    [InlineData("save")]
    [InlineData("appendfsync")]
    [InlineData("maxmemory-policy")]
    public void Config_OneName_AsksForIt(string parameter) => Assert.Equal(["GET", parameter], Questions.Config(parameter).Words);
}
