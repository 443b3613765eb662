using System.Text.RegularExpressions;

namespace Dashboard.Packaging;

/// <summary>A document of the repository: what it links to and names.</summary>
/// <param name="path">Relative to the repository.</param>
internal sealed partial class MarkdownPage(string path)
{
    private readonly string _text = File.ReadAllText(Repository.PathOf(path));

    public string Path => path;

    /// <summary>Targets of links, without those on the web.</summary>
    public IEnumerable<string> Links => Link().Matches(Prose).Select(match => match.Groups[1].Value).Where(target => !target.Contains(':'));

    /// <summary>The texts in backticks.</summary>
    public IEnumerable<string> CodeSpans => CodeSpan().Matches(Prose).Select(match => match.Groups[1].Value);

    /// <summary>The anchors of the headings of this page, without <c>#</c>.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(Prose).Select(match => AnchorOf(match.Groups[1].Value));

    /// <summary>The rows of all tables, a text per cell.</summary>
    public IEnumerable<string[]> Rows =>
        Row().Matches(_text).Select(match => match.Groups[1].Value.Split('|', StringSplitOptions.TrimEntries));

    private string Prose => Fence().Replace(_text, "");

    private static string AnchorOf(string heading) => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"^#{1,6} (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\|(.+)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
