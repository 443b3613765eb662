namespace Dashboard.Benchmarks;

/// <summary>What one run of <c>./bench</c> has in common.</summary>
/// <param name="Root">The repository's folder.</param>
/// <param name="Quick">Fewer and shorter rounds, for a first look: the numbers are rougher.</param>
internal sealed record BenchRun(string Root, bool Quick)
{
    /// <summary>The only folder written to.</summary>
    public string Folder { get; } = Path.Combine(Root, ".run", "bench");

    public TimeProvider Time { get; } = TimeProvider.System;

    /// <summary>The full count or length, or the quick one.</summary>
    public T Pick<T>(T full, T quick) => Quick ? quick : full;

    /// <summary>Creates a folder of this name, or empties it.</summary>
    public string Fresh(string name)
    {
        var folder = Path.Combine(Folder, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Reports progress to a person who waits.</summary>
    public static void ReportProgress(string text) => Console.Error.WriteLine($"  … {text}");
}
