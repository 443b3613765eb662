using Dashboard.Valkey.Connecting;

namespace Dashboard.Actions;

/// <summary>The sentence for an error reply of a server, whatever wording its version uses.</summary>
public sealed class FaultSentenceTests
{
    [Theory]
    [InlineData("ERR Script attempted to access a non local key in a cluster node script: f8c3758059f1, on @user_script:14.")]
    [InlineData("ERR Script attempted to access a slot not served script: f8c3758059f1, on @user_script:14.")] // from Valkey 8.0, Redis 7.4
    [InlineData("ERR Attempted to access a non local key in a cluster node script: on @user_script:14.")] // Valkey 9.1
    public void Of_KeyOfAnotherServer_SaysThatTheServerIsPartOfACluster(string reply)
    {
        var sentence = FaultSentence.Of(ErrorReply.Read(reply));

        Assert.StartsWith("The server holds only a part of a cluster's keys", sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ERR unknown command 'EVAL', with args beginning with: '#!lua flags=allow-oom' ")]
    [InlineData("ERR unknown command `EVAL`, with args beginning with: `#!lua flags=allow-oom`, ")] // Redis 6, KeyDB
    [InlineData("ERR Could not find scripting engine 'lua'")] // Valkey built without Lua
    [InlineData("ERR Error compiling script (new function): user_script:1: unexpected symbol near '#' ")] // Redis before 7, KeyDB
    public void Of_ServerThatRunsNoScripts_SaysThatNothingCanBeDone(string reply) => Assert.Equal(
        "This server runs no scripts, so nothing can be done safely.", FaultSentence.Of(ErrorReply.Read(reply)));

    [Theory]
    [InlineData("ERR Script attempted to access keys that do not hash to the same slot")]
    [InlineData("ERR Script attempted to access nonexistent global variable 'x'")]
    public void Of_AnotherErrorReply_QuotesTheServer(string reply) =>
        Assert.Equal($"The server answered: {reply}", FaultSentence.Of(ErrorReply.Read(reply)));
}
