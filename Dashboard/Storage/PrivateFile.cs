using System.Text;

namespace Dashboard.Storage;

/// <summary>Files and folders that only their owner may read; on Windows they are as their folder is.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode = OwnerAlone | UnixFileMode.UserExecute;

    /// <summary>Opens it, made for its owner alone where it does not exist.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            how.UnixCreateMode = OwnerAlone;
        }

        return new(path, how);
    }

    /// <summary>Writes a small file so that a reader finds the old or the new content and nothing between.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it.</exception>
    public static void Replace(string path, string content)
    {
        var aside = path + ".new";
        using (var file = Open(aside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(Encoding.ASCII.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move(aside, path, overwrite: true);
    }

    /// <summary>Makes the folder, and those above it that lack; one that exists stays as it is.</summary>
    public static DirectoryInfo MakeFolder(string folder) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, FolderMode);

    /// <summary>Takes away what others may do with a folder that exists.</summary>
    public static void CloseFolder(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, FolderMode);
        }
    }

    /// <summary>Takes away what others may do with a file that exists.</summary>
    /// <returns>What it was before, as <c>644</c>; null when there was nothing to take away.</returns>
    /// <exception cref="UnauthorizedAccessException">It is another user's.</exception>
    public static string? Close(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return null;
        }

        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerAlone) == 0)
        {
            return null;
        }

        File.SetUnixFileMode(path, OwnerAlone);
        return Convert.ToString((int)mode, 8);
    }
}
