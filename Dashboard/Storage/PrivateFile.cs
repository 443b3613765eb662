using System.Text;

namespace Dashboard.Storage;

/// <summary>Makes files and folders that only their owner may read; on Windows they inherit from their folder.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Opens a file; a new one is readable only by its owner.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new(path, options);
    }

    /// <summary>Writes a small file so that a reader finds either the old or the new content.</summary>
    /// <exception cref="IOException">It cannot be written; the old content remains.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; the old content remains.</exception>
    public static void Replace(string path, string content)
    {
        var temporary = path + ".new";
        using (var file = Open(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Makes the folder and missing ones above it; an existing folder stays as it is.</summary>
    public static DirectoryInfo MakeFolder(string folder) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, FolderMode);

    /// <summary>Removes the access of others to an existing folder.</summary>
    public static void CloseFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, FolderMode);
        }
    }

    /// <summary>Removes the access of others to an existing file.</summary>
    /// <returns>The mode before, as in <c>644</c>; null when others had no access.</returns>
    /// <exception cref="UnauthorizedAccessException">The file belongs to another user.</exception>
    public static string? Close(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return null;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) == 0)
        {
            return null;
        }

        File.SetUnixFileMode(path, OwnerOnly);
        return Convert.ToString((int)mode, 8);
    }
}
