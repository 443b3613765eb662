using System.Text.RegularExpressions;
using Dashboard.Packaging;

namespace Dashboard.Architecture;

/// <summary>Words that no file of the repository may hold.</summary>
public partial class SourcesTests
{
    private static readonly string[] Excluded = ["bin", "obj", "node_modules", "lib", ".git", ".run", "data", "TestResults"];
    private static readonly string[] Binary = [".png", ".woff2", ".ico", ".jpg", ".db"];

    /// <summary>Hosts that a file may name: this machine, addresses of examples, and hosts that only people or XML parsers read.</summary>
    private static readonly string[] Hosts = ["127.0.0.1", "localhost", "www.w3.org", "schemas.asp.net", "github.com"];

    /// <summary>Names that RFC 2606 reserves for examples: they belong to no one and lead nowhere.</summary>
    private const string Reserved = ".example";

    private static readonly Lazy<List<(string Path, string Text)>> Files =
        new(() =>
            [.. FilesIn(new DirectoryInfo(Repository.Root))
                .Select(file => (Path.GetRelativePath(Repository.Root, file.FullName), File.ReadAllText(file.FullName)))]);

    /// <summary>Patterns with their reasons. Each is in two halves, so that this file does not match itself.</summary>
    public static TheoryData<string, string> Forbidden => new()
    {
        { "Markup" + "String", "text from a server must never become markup" },
        { "inner" + "HTML", "text from a server must never become markup" },
        { "insertAdjacent" + "HTML", "text from a server must never become markup" },
        { "document." + "write", "text from a server must never become markup" },
        { @"\bev" + @"al\(", "a page that runs strings cannot have a strict policy" },
        { @"new " + @"Function\(", "a page that runs strings cannot have a strict policy" },
        { "npm" + @"js\.", "packages come from wherever the machine's own settings say" },
        { "nuget" + @"\.org", "packages come from wherever the machine's own settings say" },
        { "deb\\.debian" + @"\.org", "packages come from wherever the machine's own settings say" },
        { "archive\\.ubuntu" + @"\.com", "packages come from wherever the machine's own settings say" },
        { "/wo" + "rk/", "the repository does not know where it was made" },
    };

    [Theory, MemberData(nameof(Forbidden))]
    public void Word_IsInNoFile(string pattern, string reason)
    {
        Assert.True(Where(new Regex(pattern)) is not [var first, ..], $"{reason}: {string.Join(", ", Where(new Regex(pattern)))}");
    }

    [Fact]
    public void Hosts_AreLocalOrForReadingOnly()
    {
        var strangers =
            from file in Files.Value
            from Match match in Url().Matches(file.Text)
            let host = match.Groups["host"].Value.TrimEnd('.')
            where !Hosts.Contains(host) && !PrivateAddress().IsMatch(host) && !host.EndsWith(Reserved, StringComparison.Ordinal)
            select $"{file.Path}: {match.Value}";

        Assert.True(!strangers.Any(), string.Join(Environment.NewLine, strangers));
    }

    [Fact]
    public void Charts_AreDrawnByOneFolderOnly()
    {
        var strangers = Where(new Regex("apex" + "charts", RegexOptions.IgnoreCase))
            .Where(
                path =>
                    path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
                        || path.EndsWith(".js", StringComparison.Ordinal))
            .Where(
                path =>
                    !path.Contains("Components/Charts/", StringComparison.Ordinal)
                        && !path.Contains("wwwroot/charts/", StringComparison.Ordinal));

        Assert.True(!strangers.Any(), string.Join(Environment.NewLine, strangers));
    }

    /// <summary>A screen shows two files of this width beside each other.</summary>
    [Fact]
    public void Lines_EndAtColumn140() => Assert.Empty(
        from file in Files.Value
        where file.Path.EndsWith(".cs", StringComparison.Ordinal)
        from line in file.Text.Split('\n').Index()
        where line.Item.Length > 140
        select $"{file.Path}:{line.Index + 1}");

    /// <summary>A person chooses the zone of all times: a page writes none on its own.</summary>
    [Fact]
    public void Pages_WriteTimesThroughTheZoneOfThePerson() => Assert.DoesNotContain(
        Where(TimeFormat()),
        path => path.StartsWith("Dashboard/Components/", StringComparison.Ordinal)
            && Path.GetDirectoryName(path) != "Dashboard/Components/Times");

    [Theory]
    [InlineData("$\"at {at:HH:mm:ss} UTC\"")]
    [InlineData("at.ToString(\"yyyy-MM-dd\", culture)")]
    [InlineData("until {ends:yyyy-MM-dd} unless")]
    public void TimeWrittenOnItsOwn_IsSeen(string line) => Assert.Matches(TimeFormat(), line);

    [Fact]
    public void Files_AreSeen()
    {
        Assert.Contains(Files.Value, file => file.Path == "Dashboard/Program.cs");
        Assert.Contains(Files.Value, file => file.Path.EndsWith(".razor.js", StringComparison.Ordinal));
        Assert.DoesNotContain(Files.Value, file => file.Path.Contains("node_modules", StringComparison.Ordinal));
    }

    private static List<string> Where(Regex pattern) =>
        [.. Files.Value.Where(file => pattern.IsMatch(file.Text)).Select(file => file.Path)];

    private static IEnumerable<FileInfo> FilesIn(DirectoryInfo folder) =>
        folder.EnumerateFiles().Where(file => file.Length < 1_000_000 && !Excluded.Contains(file.Name) && !Binary.Contains(file.Extension))
            .Concat(folder.EnumerateDirectories().Where(inner => !Excluded.Contains(inner.Name)).SelectMany(FilesIn));

    [GeneratedRegex(@"\bhttps?://(?<host>[a-zA-Z0-9.-]+)")]
    private static partial Regex Url();

    [GeneratedRegex("""(\{[^{}]*:|ToString\(")(yyyy|MM|dd|d MMM|HH|O)\b""")]
    private static partial Regex TimeFormat();

    [GeneratedRegex(@"^10\.")]
    private static partial Regex PrivateAddress();
}
