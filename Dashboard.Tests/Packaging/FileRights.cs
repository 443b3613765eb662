namespace Dashboard.Packaging;

/// <summary>Who may do what with a file.</summary>
internal static class FileRights
{
    /// <summary>As <c>chmod</c> takes it: 600 is for the owner alone.</summary>
    public static string Of(string path) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
