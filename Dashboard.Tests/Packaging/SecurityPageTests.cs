using System.Text.RegularExpressions;

namespace Dashboard.Packaging;

/// <summary><c>docs/security.md</c> names the tests that hold its promises: they must exist.</summary>
public sealed partial class SecurityPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "security.md"));

    [Fact]
    public void EveryNamedTest_Exists()
    {
        var classes = typeof(SecurityPageTests).Assembly.GetTypes();
        var missing =
            from Match match in Named().Matches(Page)
            let type = classes.FirstOrDefault(type => type.Name == match.Groups["class"].Value)
            let method = match.Groups["method"].Value
            where type is null
                || (method.Length > 0 && !type.GetMethods().Any(one => one.Name.StartsWith(method, StringComparison.Ordinal)))
            select match.Value;

        Assert.Empty(missing);
    }

    [Fact]
    public void EveryItem_IsAnswered() =>
        Assert.Equal(
            Enumerable.Range(1, 64),
            Item().Matches(Page).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"`(?<class>[A-Z]\w+Tests)(\.(?<method>\w+))?")]
    private static partial Regex Named();

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Item();
}
