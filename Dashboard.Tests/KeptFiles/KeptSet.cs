using Dashboard.Packaging;

namespace Dashboard.KeptFiles;

/// <summary>The data folder of a console, as an earlier build left it. A set is read-only: tests open a copy.</summary>
/// <param name="Name">The name of its folder: the year and month in which it was made.</param>
internal sealed record KeptSet(string Name)
{
    private static readonly string Root = Repository.PathOf("Dashboard.Tests", "KeptFiles");

    /// <summary>All sets, oldest first.</summary>
    public static IReadOnlyList<KeptSet> All { get; } =
    [
        .. Directory.GetDirectories(Root, "20*").Select(folder => new KeptSet(Path.GetFileName(folder)))
            .OrderBy(set => set.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Names => [.. All.Select(set => set.Name)];

    public string Folder => Path.Combine(Root, Name);

    public KnownFacts Known => KnownFacts.Read(Folder);

    public string File(string name) => Path.Combine(Folder, name);

    /// <summary>Copies the data folder, without what only the tests know.</summary>
    public void CopyTo(string folder) => Copy(Folder, folder);

    /// <summary>Copies a data folder.</summary>
    public static void Copy(string from, string to)
    {
        var files = Directory.GetFiles(from, "*", SearchOption.AllDirectories);
        foreach (var path in files.Where(path => Path.GetFileName(path) != KnownFacts.FileName))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(path, copy, overwrite: true);
        }
    }
}
