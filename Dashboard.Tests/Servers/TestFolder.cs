using System.Globalization;

namespace Dashboard.Servers;

/// <summary>A folder of the test's own, removed when disposed; what a killed test process left is removed by the next one.</summary>
internal sealed class TestFolder : IDisposable
{
    private const string Prefix = "dashboard-test-";

    static TestFolder() => Sweep();

    /// <summary>The path of the folder, whose name holds the id of the process it belongs to.</summary>
    public string Path { get; } =
        Directory.CreateTempSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-")).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The path of a folder inside, made when it does not exist.</summary>
    public string Make(string name) => Directory.CreateDirectory(File(name)).FullName;

    public void Empty(string name)
    {
        Directory.Delete(File(name), recursive: true);
        Make(name);
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), Prefix + "*-*"))
        {
            var owner = System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
            if (int.TryParse(owner, NumberStyles.None, CultureInfo.InvariantCulture, out _) && !Directory.Exists($"/proc/{owner}"))
            {
                Remove(folder);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another run is removing it, or another user owns it.
        }
    }
}
