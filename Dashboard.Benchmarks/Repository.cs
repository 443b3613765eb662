namespace Dashboard.Benchmarks;

/// <summary>Finds the repository in which this program was built.</summary>
internal static class Repository
{
    /// <exception cref="BenchException">The program was copied somewhere else.</exception>
    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Dashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new BenchException("Run ./bench from the repository it was built in.");
    }
}
