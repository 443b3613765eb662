using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Audit.Reading;

public partial class AuditActionNamesTests
{
    [Theory]
    [InlineData("flush", "cache.flush-prefix cache.flush cache.flush.purge cache.flush.undo cache.flush.give-up cache.clear-spare")]
    [InlineData(" Sign out ", "sign-out account.sign-out")]
    [InlineData("machine-token.", "machine-token.adopt machine-token.make machine-token.revoke machine-token.stopped")]
    [InlineData("no such act", "")]
    public void Search_FindsByNameAndById(string text, string found) => Assert.Equal(
        found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
        AuditActionNames.Matching(text).Order(StringComparer.Ordinal));

    [Fact]
    public void UnknownAction_IsShownByItsId() => Assert.Equal("tokens.burn", AuditActionNames.Of("tokens.burn"));

    /// <summary>Whoever records a new action gives it a name for people.</summary>
    [Fact]
    public void EveryActionInTheSources_HasAName()
    {
        string[] ids =
        [
            .. new DirectoryInfo(Repository.PathOf("Dashboard")).EnumerateFiles("*.cs", SearchOption.AllDirectories)
                .Where(file => !file.FullName.Contains("/obj/", StringComparison.Ordinal))
                .SelectMany(file => Recorded().Matches(File.ReadAllText(file.FullName)))
                .Select(match => match.Groups["id"].Value).Distinct(),
        ];

        Assert.InRange(ids.Length, 20, 100);
        Assert.DoesNotContain(ids, id => AuditActionNames.Of(id) == id);
    }

    [GeneratedRegex(
        @"(?:AuditEvent\(|new\(|session, id, |Note\([^""]*|string (?:Action|ActionId|Id) (?:=>|=) )\s*""(?<id>"
            + @"(?:sign-|confirm|account\.|cache\.|keys\.|machine-token|audit\.rest|settings\.|console\.|set-up\.|action\.)[a-z.-]*)""")]
    private static partial Regex Recorded();
}
