using System.Text.RegularExpressions;
using Dashboard.Configuration;
using Dashboard.Demo;
using Microsoft.Extensions.Configuration;

namespace Dashboard.Packaging;

/// <summary>The documents name every setting, and nothing that does not exist.</summary>
public sealed partial class DocumentsTests
{
    /// <summary>Settings that ASP.NET Core reads.</summary>
    private static readonly string[] OfTheFramework =
    [
        "Urls", "AllowedHosts", "Logging:LogLevel:Default",
        "Kestrel:Certificates:Default:Path", "Kestrel:Certificates:Default:KeyPath", "Kestrel:Certificates:Default:Password",
    ];

    private static readonly string[] BuildOutput = ["bin", "obj", "node_modules"];

    /// <summary>Every file of the repository, relative to it.</summary>
    private static readonly string[] Files =
        [.. FilesBelow(Repository.Root).Select(file => Path.GetRelativePath(Repository.Root, file))];

    private static readonly MarkdownPage[] Pages =
        [.. Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).Select(file => new MarkdownPage(file))];

    private static readonly Dictionary<string, string?> Known =
        SettingsOf(new DashboardOptions(), DashboardOptions.Section).Concat(SettingsOf(new DemoOptions(), DemoOptions.Section))
            .ToDictionary();

    /// <summary>
    /// Setting and default, as the tables of docs/configuration.md have them. A setting that is there twice fails all tests.
    /// </summary>
    private static readonly Dictionary<string, string> Documented = new MarkdownPage("docs/configuration.md").Rows
        .Where(row => Setting().IsMatch(row[0])).ToDictionary(row => row[0].Trim('`'), row => row[1]);

    [Fact]
    public void EverySettingOfTheProgram_IsInTheTables() => Assert.Empty(Known.Keys.Except(Documented.Keys));

    [Fact]
    public void EverySettingInTheTables_IsOneOfTheProgram() => Assert.Empty(Documented.Keys.Except(Known.Keys).Except(OfTheFramework));

    [Fact]
    public void Defaults_InTheTables_AreThoseOfTheProgram() => Assert.Empty(
        from setting in Known
        where setting.Value is { Length: > 0 } && Documented.GetValueOrDefault(setting.Key) != $"`{setting.Value}`"
        select $"{setting.Key} is {setting.Value}, not {Documented.GetValueOrDefault(setting.Key)}");

    /// <summary>Settings of an instance are not in the file, which names no instance.</summary>
    [Fact]
    public void AppSettings_NameEverySettingWithItsDefault()
    {
        var written = new ConfigurationBuilder().AddJsonFile(Repository.PathOf("Dashboard", "appsettings.json")).Build().AsEnumerable()
            .Where(setting => setting.Value is not null && setting.Key.StartsWith($"{DashboardOptions.Section}:", StringComparison.Ordinal))
            .Where(setting => setting.Key != $"{DashboardOptions.Section}:{nameof(DashboardOptions.Instances)}");

        Assert.Equal(
            SettingsOf(new DashboardOptions(), DashboardOptions.Section)
                .Where(setting => !setting.Key.Contains('<', StringComparison.Ordinal))
                .Select(setting => (setting.Key, setting.Value ?? "")).Order(),
            written.Select(setting => (setting.Key, setting.Value!)).Order());
    }

    [Fact]
    public void EveryLink_LeadsSomewhere()
    {
        var links = (from page in Pages from target in page.Links select (page, target)).ToList();

        Assert.NotEmpty(links);
        Assert.Empty(links.Where(link => !Leads(link.page, link.target)).Select(link => $"{link.page.Path}: {link.target}"));
    }

    [Fact]
    public void EveryNamedPath_Exists()
    {
        var paths =
            (from page in Pages from span in page.CodeSpans let word = span.Split(' ')[0] where IsPath(word) select (page, word)).ToList();

        Assert.NotEmpty(paths);
        Assert.Empty(paths.Where(path => !IsThere(path.word)).Select(path => $"{path.page.Path}: {path.word}"));
    }

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder)
            .Where(inner => Path.GetFileName(inner) is var name && name[0] != '.' && !BuildOutput.Contains(name))
            .SelectMany(FilesBelow));

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(object options, string section) =>
        options.GetType().GetProperties().SelectMany(property => property.PropertyType switch
        {
            { IsGenericType: true } all =>
                SettingsOf(Activator.CreateInstance(all.GenericTypeArguments[1])!, $"{section}:{property.Name}:<id>"),
            { IsClass: true } type when type != typeof(string) => SettingsOf(Activator.CreateInstance(type)!, $"{section}:{property.Name}"),
            _ =>
                [new(
                    $"{section}:{property.Name}",
                    property.GetValue(options) is var value && value is bool ? value.ToString()!.ToLowerInvariant() : (string?)value)],
        });

    private static bool Leads(MarkdownPage from, string target)
    {
        var (path, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var file = path.Length == 0
            ? from.Path
            : Path.GetRelativePath(Repository.Root, Repository.PathOf(Path.GetDirectoryName(from.Path)!, path));
        return Path.Exists(Repository.PathOf(file)) && (anchor is null || new MarkdownPage(file).Anchors.Contains(anchor));
    }

    /// <summary>
    /// A script, a path that begins with a folder of the repository, or the name of a file of a kind that the repository holds.
    /// </summary>
    private static bool IsPath(string word) => word.StartsWith("./", StringComparison.Ordinal)
        || (FolderAndMore().Match(word) is { Success: true } path && Directory.Exists(Repository.PathOf(path.Groups[1].Value)))
        || FileName().IsMatch(word);

    private static bool IsThere(string word) => FileName().IsMatch(word)
        ? Files.Any(file => Path.GetFileName(file) == word)
        : Path.Exists(Repository.PathOf(word));

    [GeneratedRegex(@"^`[A-Za-z][\w:<>]*`$")]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(?!\.run/)([\w.-]+)/[\w./-]*$")]
    private static partial Regex FolderAndMore();

    [GeneratedRegex(@"^[A-Za-z][\w.-]*\.(cs|css|js|json|md|props|razor|sh|sln|txt|yaml)$")]
    private static partial Regex FileName();
}
