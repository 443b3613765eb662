using Dashboard.Architecture;

namespace Dashboard.Packaging;

/// <summary><c>docs/architecture.md</c> has the folders and dependencies of the program; the index of decisions has all of them.</summary>
public sealed class ArchitecturePageTests
{
    /// <summary>What a build or a run leaves beside the sources.</summary>
    private static readonly string[] NotSources = ["bin", "obj", "node_modules", "data"];

    private static readonly List<string[]> Rows = [.. new MarkdownPage("docs/architecture.md").Rows];

    /// <summary>The folders as their table has them, e.g. <c>Audit</c> and <c>Audit/Chain</c>.</summary>
    private static readonly List<string> Folders =
        [.. Rows.Select(row => row[0].Trim('`')).Where(cell => cell.EndsWith('/')).Select(cell => cell.TrimEnd('/'))];

    /// <summary>The dependencies as their table has them, a line per folder.</summary>
    private static readonly IEnumerable<string> Dependencies = Rows
        .SkipWhile(row => row is not ["Folder", "May know"]).Skip(2).TakeWhile(row => row.Length == 2)
        .Select(row => Line(row[0].Trim('`'), row[1] == "–" ? [] : row[1].Split(", ")));

    [Fact]
    public void EveryFirstLevelFolder_IsInTheTable() => Assert.Empty(
        Directory.GetDirectories(Repository.PathOf("Dashboard")).Select(folder => Path.GetFileName(folder)!)
            .Where(name => name[0] != '.' && !NotSources.Contains(name)).Except(Folders).Order());

    [Fact]
    public void EveryFolderInTheTable_Exists() =>
        Assert.DoesNotContain(Folders, folder => !Directory.Exists(Repository.PathOf("Dashboard", folder)));

    [Fact]
    public void DependenciesInTheTable_AreTheAllowedOnes() => Assert.Equal(
        WhoKnowsWhomTests.MayKnow.Select(folder => Line(folder.Key, folder.Value)).Order(StringComparer.Ordinal),
        Dependencies.Order(StringComparer.Ordinal));

    [Fact]
    public void EveryDecision_IsInTheIndex() => Assert.Equal(
        Directory.GetFiles(Repository.PathOf("docs", "decisions"))
            .Select(file => Path.GetFileName(file)!).Where(IsDecision).Order(StringComparer.Ordinal),
        new MarkdownPage("docs/decisions/README.md").Links.Where(IsDecision).Order(StringComparer.Ordinal));

    private static bool IsDecision(string file) => file.Length > 5 && file[..4].All(char.IsAsciiDigit) && file[4] == '-';

    private static string Line(string folder, IEnumerable<string> known) =>
        $"{folder}: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
}
