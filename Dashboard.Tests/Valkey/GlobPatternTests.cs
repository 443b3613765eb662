using Dashboard.Instances;
using Dashboard.Servers;

namespace Dashboard.Valkey;

/// <summary>On real servers: text that a person types matches only as a literal prefix.</summary>
public sealed class GlobPatternTests
{
    /// <summary>Each is a prefix of some of the keys below; as a pattern it would match other keys, too.</summary>
    private static readonly string[] Hostile =
        ["a*b:", "[x]", "\\", "é", "?", "^", "*", "[", "[^a]", "a\\*", "]", "a-z", "[a-z]", "\\\\", "two words:", "{tag}", "'\"", "%s",
            "😀"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("views/", "views/*")]
    [InlineData("a*b?[c]\\d^-", @"a\*b\?\[c]\\d^-*")]
    [InlineData("", "*")]
    public void SpecialCharacters_MeanThemselves(string prefix, string pattern)
    {
        Assert.Equal(pattern, GlobPattern.StartingWith(prefix));
    }

    [Fact, Trait("Needs", "Server")]
    public async Task HostilePrefixes_MatchTheKeysThatBeginWithThem_AndNoOthers()
    {
        await using var server = await TestServer.StartAsync();
        await using var act = await ActingConnection.OverAsync(server);
        var precondition = await ActingConnection.GuardAsync(server);
        string[] keys =
            [.. Hostile.SelectMany(prefix => new[] { prefix, prefix + "1", prefix + ":" + prefix, "x" + prefix }), "aXb:1", "x", "xx", "a",
                "b", "q1", "\\x", "e\u0301", "E"];

        foreach (var prefix in Hostile)
        {
            await server.CallAsync("FLUSHALL");
            await server.CallAsync("MSET", [.. keys.Distinct().SelectMany(key => new object[] { key, "v" })]);

            var gone = await RemoveAllAsync(act, precondition, GlobPattern.StartingWith(prefix));

            var left = keys.Distinct().Where(key => !key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
                .ToList();
            Assert.Equal(left, ((string[])(await server.CallAsync("KEYS", "*"))!).Order(StringComparer.Ordinal));
            Assert.Equal(keys.Distinct().Count() - left.Count, gone);
        }
    }

    private static async Task<long> RemoveAllAsync(IServerActor act, ServerPrecondition precondition, string pattern)
    {
        var (cursor, gone) = (ScanPage.Start, 0L);
        do
        {
            var page = (await act.RemoveAsync(
                precondition, "noeviction", pattern, 1_000_000, KeyPrefixRules.None, cursor, 100, Cancel)).Value!.Value;
            (cursor, gone) = (page.Cursor, gone + page.Done);
        }
        while (cursor != ScanPage.Start);

        return gone;
    }
}
