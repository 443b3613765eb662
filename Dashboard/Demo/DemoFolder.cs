using System.Buffers.Text;
using System.Security.Cryptography;

namespace Dashboard.Demo;

/// <summary>The demo's state folder: one folder for each process, readable only by its owner.</summary>
/// <remarks>It is locked while the demo runs, so that a second demo cannot take its servers for leftovers.</remarks>
internal sealed class DemoFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly FileStream _held;

    private DemoFolder(string path, FileStream held) => (Path, _held) = (path, held);

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <returns>The folder, or null when a running demo holds it.</returns>
    public static DemoFolder? TryOpen(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        CreateFolder(path);
        try
        {
            return new DemoFolder(
                path, new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The folder of one process.</summary>
    /// <param name="process">E.g. <c>cache</c>.</param>
    public string Of(string process) => System.IO.Path.Combine(Path, process);

    public string File(string process, string name) => System.IO.Path.Combine(Of(process), name);

    /// <summary>Empties the folder of a process: each demo starts without old data.</summary>
    public void Clear(string process)
    {
        if (Directory.Exists(Of(process)))
        {
            Directory.Delete(Of(process), recursive: true);
        }

        CreateFolder(Of(process));
    }

    /// <summary>Writes a file that only its owner can read, from its first byte on.</summary>
    /// <param name="executable">Whether the owner may run it.</param>
    public string Write(string process, string name, string content, bool executable = false)
    {
        var path = File(process, name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = executable ? OwnerOnly | UnixFileMode.UserExecute : OwnerOnly;
        }

        using var stream = new FileStream(path, options);
        using var writer = new StreamWriter(stream);
        writer.Write(content);
        return path;
    }

    /// <summary>A password of 256 random bits in characters that need no quoting anywhere.</summary>
    public static string NewPassword() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public void Dispose() => _held.Dispose();

    private static void CreateFolder(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }
}
