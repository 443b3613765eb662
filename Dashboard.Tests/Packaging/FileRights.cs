namespace Dashboard.Packaging;

/// <summary>The access rights of a file.</summary>
internal static class FileRights
{
    /// <summary>The rights as <c>chmod</c> takes them: 600 is for the owner only.</summary>
    public static string Of(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
