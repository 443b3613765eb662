namespace Dashboard.Benchmarks.Browser;

/// <summary>The owner of the consoles that are measured.</summary>
internal static class BenchOwner
{
    public const string Name = "bench";

    /// <summary>A password for this run only.</summary>
    public static readonly string Password = $"four words and {Guid.NewGuid():N}";

    /// <summary>Writes the password to a file for the console.</summary>
    /// <returns>The settings that name it.</returns>
    public static string[] Settings(BenchRun run)
    {
        var file = Path.Combine(run.Folder, "owner-password");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.Write(Password);
        return ["--Dashboard:OwnerName", Name, "--Dashboard:OwnerPasswordFile", file];
    }
}
