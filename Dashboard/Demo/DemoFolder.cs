using System.Buffers.Text;
using System.Security.Cryptography;
using Dashboard.Instances;

namespace Dashboard.Demo;

/// <summary>The demo's state folder: one folder per instance, readable only by its owner.</summary>
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

    /// <summary>The instance's own folder.</summary>
    public string Of(InstanceId id) => System.IO.Path.Combine(Path, id.Value);

    public string File(InstanceId id, string name) => System.IO.Path.Combine(Of(id), name);

    /// <summary>Empties the instance's folder: each demo starts without old data.</summary>
    public void Clear(InstanceId id)
    {
        if (Directory.Exists(Of(id)))
        {
            Directory.Delete(Of(id), recursive: true);
        }

        CreateFolder(Of(id));
    }

    /// <summary>Writes a file that only its owner can read, from its first byte on.</summary>
    /// <param name="executable">Whether the owner may run it.</param>
    public string Write(InstanceId id, string name, string content, bool executable = false)
    {
        var path = File(id, name);
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
